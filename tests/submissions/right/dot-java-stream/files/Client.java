import java.io.*;
import java.net.*;

class Client {
    public static void main(String[] args) throws Exception {
        // exception apa pun membuat JVM keluar dengan status 1
        Socket s = new Socket(args[0], Integer.parseInt(args[1]));
        s.getOutputStream().write(args[2].getBytes("UTF-8"));
        byte[] jawab = Server.bacaSampaiTitik(new BufferedInputStream(s.getInputStream()));
        if (jawab == null)
            throw new EOFException("server menutup koneksi");
        System.out.print("jawaban = ");
        System.out.println(new String(jawab, "UTF-8"));
    }
}
