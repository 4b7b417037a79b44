use std::env;
use std::net::{SocketAddr, UdpSocket};
use std::process;
use std::sync::mpsc;
use std::thread;

/// Datagrams up to this size are answered at once, larger ones by the helper
/// thread so that small ones need not wait.
const SMALL: usize = 16 * 1024;

type Job = (Vec<u8>, SocketAddr);

fn helper(host: String, jobs: mpsc::Receiver<Job>) {
    let sock = match UdpSocket::bind((host.as_str(), 0)) {
        Ok(s) => s,
        Err(e) => {
            eprintln!("helper: {}", e);
            process::exit(1);
        }
    };
    for (data, to) in jobs {
        if let Err(e) = sock.send_to(&data, to) {
            eprintln!("send_to {}: {}", to, e);
        }
    }
}

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    if args.len() < 2 {
        eprintln!("usage: udp_server HOST PORT");
        process::exit(2);
    }
    let port: u16 = args[1].parse().unwrap_or_else(|_| {
        eprintln!("bad port {}", args[1]);
        process::exit(2)
    });
    let sock = UdpSocket::bind((args[0].as_str(), port)).unwrap_or_else(|e| {
        eprintln!("bind: {}", e);
        process::exit(1)
    });
    let (tx, rx) = mpsc::sync_channel::<Job>(64);
    let host = args[0].clone();
    thread::spawn(move || helper(host, rx));

    let mut buf = vec![0u8; 65536];
    loop {
        let (n, from) = match sock.recv_from(&mut buf) {
            Ok(x) => x,
            Err(e) => {
                eprintln!("recv_from: {}", e);
                continue;
            }
        };
        if n <= SMALL {
            if let Err(e) = sock.send_to(&buf[..n], from) {
                eprintln!("send_to {}: {}", from, e);
            }
        } else {
            let _ = tx.send((buf[..n].to_vec(), from));
        }
    }
}
