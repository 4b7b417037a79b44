import java.io.*;
import java.net.*;

// Echo server sampai titik
public class ServerTitik {

    static byte[] bacaPesan(InputStream in) throws IOException {
        ByteArrayOutputStream pesan = new ByteArrayOutputStream();
        int b = 0;
        while (b != '.') {
            b = in.read();
            if (b >= 0) {
                pesan.write(b);
            }
        }
        return pesan.toByteArray();
    }

    static void layani(Socket klien) throws IOException {
        InputStream in = new BufferedInputStream(klien.getInputStream());
        OutputStream out = klien.getOutputStream();
        byte[] pesan = bacaPesan(in);
        System.out.println("Pesan sepanjang " + pesan.length + " byte");
        out.write(pesan);
        out.flush();
        klien.shutdownOutput();
        // buang sisa data dari klien, paling lama satu detik
        long batas = System.currentTimeMillis() + 1000;
        byte[] sampah = new byte[4096];
        klien.setSoTimeout(500);
        try {
            while (System.currentTimeMillis() < batas && in.read(sampah) != -1) {
            }
        } catch (SocketTimeoutException e) {
            // sudah cukup menunggu
        }
    }

    public static void main(String[] args) throws Exception {
        if (args.length != 2) {
            System.err.println("java ServerTitik HOST PORT");
            return;
        }
        ServerSocket server = new ServerSocket(Integer.parseInt(args[1]), 50, InetAddress.getByName(args[0]));
        System.out.println("Server menunggu di port " + server.getLocalPort());
        while (true) {
            try (Socket klien = server.accept()) {
                System.out.println("Klien: " + klien.getRemoteSocketAddress());
                layani(klien);
            } catch (IOException e) {
                System.out.println("Masalah: " + e.getMessage());
            }
        }
    }
}
