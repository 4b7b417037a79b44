use std::error::Error;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().collect();
    if args.len() < 3 {
        eprintln!("usage: {} HOST PORT", args[0]);
        std::process::exit(2);
    }
    let listener = TcpListener::bind((args[1].as_str(), args[2].parse::<u16>()?))?;
    println!("Greeting server on {}", listener.local_addr()?);

    let (mut client, addr) = listener.accept()?;
    println!("Connection from {}", addr);

    let secs = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let greeting = format!("Hello, {}! My clock says {}.\n", addr, secs);
    if let Err(e) = client.write_all(greeting.as_bytes()).and_then(|_| client.shutdown(Shutdown::Write)) {
        println!("could not greet: {}", e);
        return Ok(());
    }

    // whatever the client wants to tell us, we wait one second for it
    client.set_read_timeout(Some(Duration::from_secs(1)))?;
    let mut reply = vec![0u8; 4096];
    match client.read(&mut reply) {
        Ok(0) => println!("client said nothing"),
        Ok(n) => {
            reply.truncate(n);
            let text = String::from_utf8(reply)?;
            println!("client said: {}", text);
        }
        Err(e) => println!("no word from the client ({})", e),
    }
    Ok(())
}
