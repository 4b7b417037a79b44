use std::env;
use std::error::Error;
use std::io::{Read, Write};
use std::net::TcpStream;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = env::args().collect();
    if args.len() < 4 {
        return Err("pakai: client HOST PORT PESAN".into());
    }
    let mut s = TcpStream::connect((args[1].as_str(), args[2].parse::<u16>()?))?;
    let pesan = args[3].as_bytes();
    s.write_all(pesan)?;
    let mut balas = vec![0u8; pesan.len()];
    s.read_exact(&mut balas)?;
    println!("balasan: {}", String::from_utf8_lossy(&balas));
    Ok(())
}
