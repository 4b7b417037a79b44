package id.kampus.jaringan;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

final class Penyalin {
    private Penyalin() {
    }

    static void salin(InputStream dari, OutputStream ke) throws IOException {
        byte[] wadah = new byte[8192];
        for (int n; (n = dari.read(wadah)) > 0;) {
            ke.write(wadah, 0, n);
        }
    }
}
