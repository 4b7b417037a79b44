import java.io.*;
import java.net.*;

public class CaesarServer {
    static byte[] caesar(byte[] teks, int mulai, int shift) {
        byte[] hasil = new byte[teks.length - mulai];
        for (int i = mulai; i < teks.length; i++) {
            byte b = teks[i];
            if (b >= 'a' && b <= 'z')
                b = (byte) ('a' + (b - 'a' + shift) % 26);
            hasil[i - mulai] = b;
        }
        return hasil;
    }

    static void layani(Socket s) throws IOException {
        InputStream in = new BufferedInputStream(s.getInputStream());
        ByteArrayOutputStream buf = new ByteArrayOutputStream();
        int b;
        while ((b = in.read()) != -1) {
            buf.write(b);
            if (b == '.') break;
        }
        byte[] msg = buf.toByteArray();
        if (b == -1 || msg.length < 4)
            return;
        int shift = 0;
        if (Character.isDigit(msg[1]) && Character.isDigit(msg[2]))
            shift = Integer.parseInt(new String(msg, 1, 2));
        if (msg[0] == 'd')
            shift = -shift;
        s.getOutputStream().write(caesar(msg, 3, shift));
    }

    public static void main(String[] args) throws IOException {
        ServerSocket ss = new ServerSocket(Integer.parseInt(args[1]));
        while (true) {
            Socket s = ss.accept();
            try {
                layani(s);
            } catch (IOException e) {
                System.err.println(e);
            } finally {
                s.close();
            }
        }
    }
}
