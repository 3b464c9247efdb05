//! The scanner: `clamd`, asked over the network.

use std::time::Duration;

use clamav_client::tokio::{Tcp, scan_buffer};
use tokio::time::timeout;

use super::Scan;
use crate::config::HostPort;

/// The longest that it may take over one file. A person waits for it.
const LONGEST: Duration = Duration::from_secs(15);

/// Where files are looked through.
pub(crate) struct Scanner {
    address: String,
}

impl Scanner {
    pub(super) fn at(address: &HostPort) -> Self {
        Self { address: address.to_string() }
    }

    /// What it says of a file. One that does not answer, or says neither, has not looked: the file waits.
    pub(super) async fn look(&self, bytes: &[u8]) -> Scan {
        let asked = scan_buffer(bytes, Tcp { host_address: self.address.as_str() }, None);
        let verdict = match timeout(LONGEST, asked).await {
            Ok(Ok(answer)) => verdict(&answer),
            Ok(Err(_)) | Err(_) => Scan::Waiting,
        };
        metrics::counter!("fornya_files_scanned_total", "verdict" => verdict.code()).increment(1);
        verdict
    }
}

/// `stream: OK`, or `stream: NAME FOUND`; all else is an error of its own.
fn verdict(answer: &[u8]) -> Scan {
    let text = String::from_utf8_lossy(answer);
    match text.trim_end_matches(['\0', '\n']).rsplit(' ').next() {
        Some("OK") => Scan::Clean,
        Some("FOUND") => Scan::Harmful,
        _ => Scan::Waiting,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::net::SocketAddr;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::*;

    /// The file that every scanner finds (EICAR), in two parts so that none finds this one.
    pub(crate) fn eicar() -> Vec<u8> {
        ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"].concat().into_bytes()
    }

    /// A daemon that speaks as clamd does: it reads a stream to its end, and finds the test file anywhere in it.
    pub(crate) async fn clamd() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut command = [0; 10];
                stream.read_exact(&mut command).await.unwrap();
                assert_eq!(&command, b"zINSTREAM\0");
                let mut file = Vec::new();
                loop {
                    let length = stream.read_u32().await.unwrap();
                    if length == 0 {
                        break;
                    }
                    let mut chunk = vec![0; usize::try_from(length).unwrap()];
                    stream.read_exact(&mut chunk).await.unwrap();
                    file.extend(chunk);
                }
                let is_harmful = file.windows(eicar().len()).any(|part| part == eicar());
                let answer: &[u8] = if is_harmful { b"stream: Eicar-Signature FOUND\0" } else { b"stream: OK\0" };
                stream.write_all(answer).await.unwrap();
            }
        });
        address
    }

    #[test]
    fn only_a_clear_answer_is_one() {
        for (answer, scan) in [
            (&b"stream: OK\0"[..], Scan::Clean),
            (b"stream: OK\n", Scan::Clean),
            (b"stream: Win.Test.EICAR_HDB-1 FOUND\0", Scan::Harmful),
            (b"stream: OK FOUND\0", Scan::Harmful),
            (b"INSTREAM size limit exceeded. ERROR\0", Scan::Waiting),
            (b"COMMAND READ TIMED OUT\0", Scan::Waiting),
            (b"", Scan::Waiting),
            (b"\xff\xfe", Scan::Waiting),
        ] {
            assert_eq!(verdict(answer), scan, "{}", String::from_utf8_lossy(answer));
        }
    }

    #[tokio::test]
    async fn a_file_is_looked_through_and_one_that_nobody_looked_through_waits() {
        let scanner = Scanner { address: clamd().await.to_string() };
        assert_eq!(scanner.look(b"kvitto").await, Scan::Clean);
        assert_eq!(scanner.look(&[b"%PDF ".to_vec(), eicar()].concat()).await, Scan::Harmful);
        let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        assert_eq!(Scanner { address: gone.to_string() }.look(b"kvitto").await, Scan::Waiting);
    }
}
