//! Migrations are taken into the binary when it is compiled: a new one is a reason to compile anew.

fn main() {
    println!("cargo:rerun-if-changed=../migrations");
}
