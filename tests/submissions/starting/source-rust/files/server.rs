use std::io::{Read, Write};
use std::net::TcpListener;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let listener = TcpListener::bind(format!("{}:{}", args[1], args[2])).unwrap();
    for stream in listener.incoming() {
        let mut stream = match stream {
            Ok(s) => s,
            Err(_) => continue,
        };
        let mut pesan: Vec<u8> = Vec::new();
        let mut satu = [0u8; 1];
        // baca satu byte demi satu byte
        while let Ok(1) = stream.read(&mut satu) {
            pesan.push(satu[0]);
            if satu[0] == b'.' {
                let _ = stream.write_all(&pesan);
                break;
            }
        }
    }
}
