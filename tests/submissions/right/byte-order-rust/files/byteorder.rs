use std::process::exit;

fn main() {
    let text = std::env::args().nth(1).unwrap_or_default();
    match text.parse::<u16>() {
        Ok(n) => {
            println!("{:02x?}", n.to_be_bytes());
            println!("{:02x?}", n.to_le_bytes());
        }
        Err(e) => {
            eprintln!("{}: {}", text, e);
            exit(1);
        }
    }
}
