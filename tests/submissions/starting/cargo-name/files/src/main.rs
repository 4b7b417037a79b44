use std::env;
use std::io::prelude::*;
use std::io::BufReader;
use std::net::TcpListener;

fn main() -> std::io::Result<()> {
    let mut args = env::args().skip(1);
    let host = args.next().unwrap_or("127.0.0.1".to_string());
    let port = args.next().unwrap_or("7878".to_string());
    for s in TcpListener::bind(host + ":" + &port)?.incoming() {
        let mut s = s?;
        let mut kalimat = vec![];
        let mut pembaca = BufReader::new(s.try_clone()?);
        if pembaca.read_until(b'.', &mut kalimat).is_ok() && kalimat.ends_with(b".") {
            s.write_all(&kalimat).ok();
        }
    }
    Ok(())
}
