use std::env;
use std::io::Write;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process;
use std::thread;
use std::time::Duration;

const SALAM: &str = "Selamat datang di server Rust.\nSatu klien saja hari ini.\n";

fn layani(mut klien: TcpStream) {
    // beri klien waktu untuk bersiap
    thread::sleep(Duration::from_millis(150));
    if klien.write_all(SALAM.as_bytes()).is_ok() {
        let _ = klien.shutdown(Shutdown::Write);
    }
}

fn main() {
    let args: Vec<String> = env::args().collect();
    if args.len() != 3 {
        eprintln!("pakai: {} HOST PORT", args[0]);
        process::exit(2);
    }
    let pendengar = match TcpListener::bind(format!("{}:{}", args[1], args[2])) {
        Ok(p) => p,
        Err(e) => {
            eprintln!("bind: {}", e);
            process::exit(1);
        }
    };
    loop {
        match pendengar.accept() {
            Ok((klien, _)) => {
                thread::spawn(move || layani(klien));
                break;
            }
            Err(e) => eprintln!("accept: {}", e),
        }
    }
}
