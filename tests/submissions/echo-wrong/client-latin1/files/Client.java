import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;

public class Client {
    public static void main(String[] args) {
        String host = args[0];
        int port = Integer.parseInt(args[1]);
        byte[] pesan = args[2].getBytes(StandardCharsets.ISO_8859_1);
        try (Socket s = new Socket(host, port)) {
            s.getOutputStream().write(pesan);
            s.getOutputStream().flush();
            DataInputStream in = new DataInputStream(s.getInputStream());
            byte[] balasan = new byte[pesan.length];
            in.readFully(balasan);
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.ISO_8859_1);
            out.println("Echo: " + new String(balasan, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            System.err.println("Gagal: " + e);
            System.exit(1);
        }
    }
}
