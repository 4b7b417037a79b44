// Sandi Caesar: hanya a-z yang digeser.
use std::sync::atomic::{AtomicU8, Ordering};

/// besar geseran ke kanan (0..25); untuk 'd' sudah dibalik
static GESER: AtomicU8 = AtomicU8::new(0);

pub fn pasang_kunci(kepala: &[u8]) {
    let mut angka = 0u8;
    if kepala[1].is_ascii_digit() && kepala[2].is_ascii_digit() {
        angka = (kepala[1] - b'0') * 10 + (kepala[2] - b'0');
    }
    angka %= 26;
    if kepala[0] == b'd' {
        angka = (26 - angka) % 26;
    }
    GESER.store(angka, Ordering::SeqCst);
}

pub fn terjemah(teks: &mut [u8]) {
    let k = GESER.load(Ordering::SeqCst);
    for c in teks.iter_mut() {
        if c.is_ascii_lowercase() {
            *c = (*c - b'a' + k) % 26 + b'a';
        }
    }
}
