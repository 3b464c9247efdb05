//! The command line.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use server::chain::chain;
use server::config::{LogFormat, Settings};
use server::demonstration::{self, DemoOptions};
use server::operate;
use server::serve::{self, Listeners};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The online service for renewed economic assistance.
#[derive(Parser)]
#[command(name = "server", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the service.
    Serve {
        /// The settings file.
        #[arg(long, default_value = "fornya.toml")]
        settings: PathBuf,
    },
    /// Bring the database's schema up to date.
    Migrate {
        /// The settings file.
        #[arg(long, default_value = "fornya.toml")]
        settings: PathBuf,
    },
    /// Write the whole database to a file, while the service runs.
    Backup {
        /// The settings file.
        #[arg(long, default_value = "fornya.toml")]
        settings: PathBuf,
        /// The backup, which must not be there yet.
        file: PathBuf,
    },
    /// Read a backup into a new, empty database, with the roles that its rules are for.
    Restore {
        /// The settings file, which names the empty database and the master key.
        #[arg(long, default_value = "fornya.toml")]
        settings: PathBuf,
        /// The backup.
        file: PathBuf,
    },
    /// Put in what a municipality has decided: guideline amounts and how part-time children are calculated.
    MunicipalSettings {
        /// The settings file of the installation.
        #[arg(long, default_value = "fornya.toml")]
        settings: PathBuf,
        /// The municipality's host name.
        #[arg(long)]
        host: String,
        /// The municipality's settings, a TOML file.
        file: PathBuf,
    },
    /// Replace keys while the service runs.
    RotateKeys {
        /// The settings file of the installation.
        #[arg(long, default_value = "fornya.toml")]
        settings: PathBuf,
        /// Of one municipality alone, by its host name. Data keys only.
        #[arg(long)]
        host: Option<String>,
        /// Which keys.
        which: WhichKeys,
    },
    /// Destroy a municipality's keys: what it has sealed can never be read again.
    DestroyKey {
        /// The settings file of the installation.
        #[arg(long, default_value = "fornya.toml")]
        settings: PathBuf,
        /// The municipality's host name.
        #[arg(long)]
        host: String,
        /// The same again, to say that it is meant. Without it, it is asked for.
        #[arg(long, value_name = "HOST")]
        yes_destroy: Option<String>,
    },
    /// Run the service in a world of its own: database, identity providers, authorities and invented people.
    Demo(DemoOptions),
}

/// What is replaced.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum WhichKeys {
    /// The master key, by the one that the settings name: every municipality's keys are wrapped anew.
    Master,
    /// Each municipality's data key, by a new one: every sealed value is sealed anew.
    Data,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Cli::parse().command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("server: {}", chain(&*error));
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<(), Box<dyn std::error::Error>> {
    match command {
        Command::Serve { settings } => {
            let settings = Settings::load(&settings)?;
            log(&settings)?;
            let service = serve::service(settings).await?;
            let listeners = Listeners::bind(&service.settings).await?;
            serve::serve(service, listeners, stop_signal()?).await?;
        }
        Command::Migrate { settings } => {
            let settings = Settings::load(&settings)?;
            log(&settings)?;
            serve::migrate(&settings).await?;
        }
        Command::Backup { settings, file } => {
            let settings = Settings::load(&settings)?;
            log(&settings)?;
            operate::backup(&settings, &file).await?;
        }
        Command::Restore { settings, file } => {
            let settings = Settings::load(&settings)?;
            log(&settings)?;
            operate::restore(&settings, &file).await?;
        }
        Command::MunicipalSettings { settings, host, file } => {
            let settings = Settings::load(&settings)?;
            log(&settings)?;
            let register = serve::register(&settings).await?;
            operate::add_municipal_settings(&register, &serve::clock(&settings)?, &host, &file).await?;
        }
        Command::RotateKeys { settings, host, which } => {
            let settings = Settings::load(&settings)?;
            log(&settings)?;
            let owner = serve::owner(&settings)?;
            match (which, host) {
                (WhichKeys::Master, None) => operate::rotate_master_key(&owner).await?,
                (WhichKeys::Master, Some(_)) => {
                    return Err("--host is for data keys: the master key is everybody's".into());
                }
                (WhichKeys::Data, host) => operate::rotate_data_keys(&owner, host.as_deref()).await?,
            };
        }
        Command::DestroyKey { settings, host, yes_destroy } => {
            let settings = Settings::load(&settings)?;
            log(&settings)?;
            let again = match yes_destroy {
                Some(again) => again,
                None => typed_again(&host)?,
            };
            if again != host {
                return Err("the host that was typed is another: nothing is destroyed".into());
            }
            operate::destroy_keys(&serve::owner(&settings)?, &host).await?;
        }
        Command::Demo(options) => demonstration::run(options, stop_signal()?, log).await?,
    }
    Ok(())
}

/// What somebody types who is asked whether they mean this host.
fn typed_again(host: &str) -> std::io::Result<String> {
    eprint!("Everything that {host} has sealed will be unreadable for good. Type the host to destroy its keys: ");
    let mut typed = String::new();
    std::io::stdin().read_line(&mut typed)?;
    Ok(typed.trim().to_owned())
}

/// Done at Ctrl-C, or when the system asks the service to end.
fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Starts log lines on standard error, so that standard output is left for what the demo tells.
fn log(settings: &Settings) -> Result<(), Box<dyn std::error::Error>> {
    let log = tracing_subscriber::registry().with(settings.log.filter.targets());
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    match settings.log.format {
        LogFormat::Json => log.with(lines.json().flatten_event(true)).try_init()?,
        LogFormat::Text => {
            let colours = std::io::IsTerminal::is_terminal(&std::io::stderr());
            log.with(lines.compact().with_ansi(colours)).try_init()?;
        }
    }
    Ok(())
}
