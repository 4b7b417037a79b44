// baca dari socket sampai titik pertama; null kalau putus duluan
export async function bacaSampaiTitik(socket) {
  let data = Buffer.alloc(0);
  for await (const potong of socket) {
    data = Buffer.concat([data, potong]);
    const i = data.indexOf('.');
    if (i >= 0) return data.subarray(0, i + 1);
  }
  return null;
}
