// Klien echo: pesan diketik di standard input.
use std::env;
use std::io::{self, BufRead, Read, Write};
use std::net::TcpStream;

fn main() -> io::Result<()> {
    let args: Vec<String> = env::args().collect();
    let (host, port) = match args.len() {
        3 => (args[1].clone(), args[2].parse::<u16>().expect("port")),
        _ => {
            eprintln!("usage: client HOST PORT");
            std::process::exit(2);
        }
    };
    let mut line = String::new();
    print!("pesan: ");
    io::stdout().flush()?;
    io::stdin().lock().read_line(&mut line)?;
    let message = line.trim();
    let mut stream = match TcpStream::connect((host.as_str(), port)) {
        Ok(stream) => stream,
        Err(why) => {
            eprintln!("tidak bisa terhubung: {}", why);
            std::process::exit(1);
        }
    };
    stream.write_all(message.as_bytes())?;
    let mut answer = vec![0u8; message.len()];
    stream.read_exact(&mut answer)?;
    println!("balasan: {}", String::from_utf8_lossy(&answer));
    Ok(())
}
