exports.akhir = (teks) => teks.endsWith('.');
