use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

fn ask(host: &str, port: u16, message: &[u8]) -> io::Result<Vec<u8>> {
    let mut server = TcpStream::connect((host, port))?;
    server.set_read_timeout(Some(Duration::from_secs(8)))?;
    let mut frame = (message.len() as u32).to_be_bytes().to_vec();
    frame.extend_from_slice(message);
    server.write_all(&frame)?;
    let mut answer = vec![0; frame.len()];
    server.read_exact(&mut answer)?;
    Ok(answer.split_off(4))
}

fn main() {
    let given: Vec<String> = std::env::args().collect();
    let port = given[2].parse().expect("a port");
    match ask(&given[1], port, given[3].as_bytes()) {
        Ok(text) => {
            let mut out = io::stdout();
            out.write_all(&text).and_then(|_| out.write_all(b"\n")).unwrap();
        }
        Err(error) => {
            eprintln!("client: {error}");
            std::process::exit(1);
        }
    }
}
