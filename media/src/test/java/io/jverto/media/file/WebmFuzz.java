package io.jverto.media.file;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jverto.base.Broken;

class WebmFuzz {
    @FuzzTest
    void anyFileIsReadToItsEndOrRefused(byte[] bytes) {
        if (!(Webm.open(new ArrayBytes(bytes)) instanceof Webm.Result.Ok(Webm webm))) {
            return;
        }
        webm.skipTo(bytes.length);
        byte[] block = new byte[Webm.MAX_BLOCK];
        int blocks = 0;
        while (webm.next() != Webm.Kind.END) {
            if (webm.millis() < 0 || !webm.copy(block) || ++blocks > bytes.length) {
                throw new Broken("a block that is not there");
            }
        }
    }
}
