import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

public class Server {
    private static final int MAKS = 16 << 20;

    private static int panjang(byte[] h) {
        return (h[0] & 0xff) << 24 | (h[1] & 0xff) << 16 | (h[2] & 0xff) << 8 | h[3];
    }

    private static void layani(Socket soket) {
        try (soket) {
            InputStream masuk = soket.getInputStream();
            OutputStream keluar = soket.getOutputStream();
            for (;;) {
                byte[] kepala = masuk.readNBytes(4);
                if (kepala.length < 4) {
                    break;
                }
                int n = panjang(kepala);
                if (n < 0 || n > MAKS) {
                    break;
                }
                byte[] isi = masuk.readNBytes(n);
                if (isi.length < n) {
                    break;
                }
                byte[] bingkai = new byte[4 + n];
                System.arraycopy(kepala, 0, bingkai, 0, 4);
                System.arraycopy(isi, 0, bingkai, 4, n);
                keluar.write(bingkai);
            }
            soket.shutdownOutput();
            buang(soket, masuk);
        } catch (IOException e) {
            System.err.println("klien: " + e.getMessage());
        }
    }

    private static void buang(Socket soket, InputStream masuk) throws IOException {
        byte[] sampah = new byte[4096];
        long akhir = System.nanoTime() + 1_000_000_000L;
        try {
            for (;;) {
                long sisa = (akhir - System.nanoTime()) / 1_000_000L;
                if (sisa <= 0) {
                    return;
                }
                soket.setSoTimeout((int) sisa);
                if (masuk.read(sampah) < 0) {
                    return;
                }
            }
        } catch (SocketTimeoutException e) {
            return;
        }
    }

    public static void main(String[] args) throws Exception {
        if (args.length < 2) {
            System.err.println("pemakaian: java Server HOST PORT");
            System.exit(2);
        }
        ExecutorService pekerja = Executors.newCachedThreadPool();
        ServerSocket pendengar = new ServerSocket(Integer.parseInt(args[1]), 64, InetAddress.getByName(args[0]));
        for (;;) {
            try {
                Socket soket = pendengar.accept();
                pekerja.execute(() -> layani(soket));
            } catch (IOException e) {
                System.err.println("accept: " + e.getMessage());
                Thread.sleep(100);
            }
        }
    }
}
