use std::io::{Read, Write};
use std::net::TcpStream;

fn main() -> std::io::Result<()> {
    let args: Vec<String> = std::env::args().collect();
    let mut stream = TcpStream::connect(format!("{}:{}", args[1], args[2]))?;
    stream.write_all(args[3].as_bytes())?;
    let mut jawab = Vec::new();
    for b in stream.bytes() {
        let b = b?;
        jawab.push(b);
        if b == b'.' {
            println!("{}", String::from_utf8_lossy(&jawab));
            return Ok(());
        }
    }
    Err(std::io::Error::new(std::io::ErrorKind::UnexpectedEof, "jawaban terputus"))
}
