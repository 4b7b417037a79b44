import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;

public class CaesarClient {
    public static void main(String[] a) {
        try (Socket s = new Socket(a[0], Integer.parseInt(a[1]))) {
            String pesan = a[2] + a[3] + a[4] + ".";
            s.getOutputStream().write(pesan.getBytes(StandardCharsets.UTF_8));
            DataInputStream in = new DataInputStream(new BufferedInputStream(s.getInputStream()));
            ByteArrayOutputStream hasil = new ByteArrayOutputStream();
            byte b;
            do {
                b = in.readByte(); // EOFException kalau putus
                hasil.write(b);
            } while (b != '.');
            System.out.println("Hasil: " + hasil.toString("UTF-8"));
        } catch (IOException e) {
            System.err.println("Gagal: " + e);
            System.exit(1);
        }
    }
}
