use std::env;
use std::io;
use std::net::{TcpListener, TcpStream};
use std::thread;

fn layani(stream: TcpStream) -> io::Result<u64> {
    let mut baca = stream.try_clone()?;
    let mut tulis = stream;
    io::copy(&mut baca, &mut tulis)
}

fn main() -> io::Result<()> {
    let args: Vec<String> = env::args().collect();
    let port: u16 = args[2].parse().expect("port harus angka");
    let listener = TcpListener::bind((args[1].as_str(), port))?;
    println!("mendengarkan di {}", listener.local_addr()?);
    for stream in listener.incoming() {
        match stream {
            Ok(s) => {
                thread::spawn(move || {
                    if let Err(e) = layani(s) {
                        eprintln!("client: {}", e);
                    }
                });
            }
            Err(e) => eprintln!("accept: {}", e),
        }
    }
    Ok(())
}
