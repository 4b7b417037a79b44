import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.*;

public class CaesarServer {
    static String geser(String teks, int n) {
        StringBuilder sb = new StringBuilder(teks.length());
        for (char c : teks.toCharArray())
            sb.append(c >= 'a' && c <= 'z' ? (char) ('a' + Math.floorMod(c - 'a' + n, 26)) : c);
        return sb.toString();
    }

    static void layani(Socket socket) {
        try (Socket s = socket) {
            InputStream in = new BufferedInputStream(s.getInputStream());
            StringBuilder req = new StringBuilder();
            int b;
            while ((b = in.read()) != -1) {
                req.append((char) b);
                if (b == '.')
                    break;
            }
            if (b == -1 || req.length() < 4)
                return;
            int n = 0;
            String angka = req.substring(1, 3);
            if (angka.matches("[0-9][0-9]"))
                n = Integer.parseInt(angka);
            String hasil = geser(req.substring(3), req.charAt(0) == 'd' ? -n : n);
            s.getOutputStream().write(hasil.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            e.printStackTrace();
        }
    }

    public static void main(String[] args) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        ServerSocket ss = new ServerSocket(Integer.parseInt(args[1]), 50, InetAddress.getByName(args[0]));
        while (true) {
            Socket s = ss.accept();
            pool.submit(() -> layani(s));
        }
    }
}
