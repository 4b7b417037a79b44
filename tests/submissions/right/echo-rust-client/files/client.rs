use std::env;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::exit;

fn talk() -> std::io::Result<()> {
    let args: Vec<String> = env::args().collect();
    let host = args[1].trim_matches(|c| c == '[' || c == ']');
    let mut stream = TcpStream::connect((host, args[2].parse::<u16>().unwrap()))?;
    stream.write_all(args[3].as_bytes())?;
    let mut back = vec![0u8; args[3].len()];
    stream.read_exact(&mut back)?;
    println!("{}", String::from_utf8_lossy(&back));
    Ok(())
}

fn main() {
    if let Err(e) = talk() {
        eprintln!("client: {}", e);
        exit(1);
    }
}
