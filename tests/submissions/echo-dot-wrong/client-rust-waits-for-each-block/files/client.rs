use std::io::{Error, ErrorKind, Read, Result, Write};
use std::net::TcpStream;

const PIECE: usize = 4096;

fn exchange(stream: &mut TcpStream, message: &[u8]) -> Result<Vec<u8>> {
    let mut answer = Vec::with_capacity(message.len());
    let mut buffer = [0u8; PIECE];

    for piece in message.chunks(PIECE) {
        stream.write_all(piece)?;
        let goal = answer.len() + piece.len();
        while answer.len() < goal {
            let room = goal - answer.len();
            match stream.read(&mut buffer[..room]) {
                Ok(0) => {
                    return Err(Error::new(ErrorKind::UnexpectedEof, "closed before the dot"));
                }
                Ok(n) => answer.extend_from_slice(&buffer[..n]),
                Err(ref e) if e.kind() == ErrorKind::Interrupted => continue,
                Err(e) => return Err(e),
            }
            if let Some(at) = answer.iter().position(|&b| b == b'.') {
                answer.truncate(at + 1);
                return Ok(answer);
            }
        }
    }
    Err(Error::new(ErrorKind::InvalidData, "the answer has no dot"))
}

fn run(args: &[String]) -> Result<()> {
    let port: u16 = args[2]
        .parse()
        .map_err(|_| Error::new(ErrorKind::InvalidInput, "bad port"))?;
    let mut stream = TcpStream::connect((args[1].as_str(), port))?;
    let answer = exchange(&mut stream, args[3].as_bytes())?;
    let mut out = std::io::stdout();
    out.write_all(&answer)?;
    out.write_all(b"\n")?;
    out.flush()
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if args.len() < 4 {
        eprintln!("usage: {} HOST PORT MESSAGE", args[0]);
        std::process::exit(2);
    }
    if let Err(e) = run(&args) {
        eprintln!("error: {}", e);
        std::process::exit(1);
    }
}
