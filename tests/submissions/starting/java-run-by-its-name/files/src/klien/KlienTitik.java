import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

public class KlienTitik {
    public static void main(String[] args) throws Exception {
        ByteArrayOutputStream jawaban = new ByteArrayOutputStream();
        try (Socket soket = new Socket(args[0], Integer.parseInt(args[1]))) {
            soket.getOutputStream().write(args[2].getBytes(StandardCharsets.UTF_8));
            InputStream masuk = soket.getInputStream();
            int b = 0;
            while (b != '.') {
                b = masuk.read();
                if (b < 0)
                    throw new EOFException("server menutup koneksi sebelum titik");
                jawaban.write(b);
            }
        }
        System.out.write(jawaban.toByteArray());
        System.out.println();
        System.out.flush();
    }
}
