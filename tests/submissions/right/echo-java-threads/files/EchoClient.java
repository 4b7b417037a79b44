import java.io.*;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

public class EchoClient {
    public static void main(String[] args) {
        if (args.length < 3) {
            System.err.println("Usage: java EchoClient <host> <port> <pesan>");
            System.exit(2);
        }
        byte[] pesan = args[2].getBytes(StandardCharsets.UTF_8);
        try (Socket s = new Socket(args[0], Integer.parseInt(args[1]))) {
            s.getOutputStream().write(pesan);
            byte[] balas = s.getInputStream().readNBytes(pesan.length);
            if (balas.length < pesan.length)
                throw new EOFException("hanya " + balas.length + " byte yang kembali");
            System.out.write(balas);
            System.out.println();
        } catch (IOException e) {
            System.err.println("Kesalahan: " + e);
            System.exit(1);
        }
    }
}
