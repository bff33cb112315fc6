package io.jverto.media.dtls;

import io.jverto.base.count.Counters;
import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.modes.AEADBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.gcm.BasicGCMMultiplier;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsEncodeResult;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/// Bouncy Castle's crypto, with [MessageBound] on what comes out of a cipher. Only the true peer can write that, so it ends the handshake.
final class BoundedCrypto extends BcTlsCrypto {
    private final Counters<DtlsCounter> counters;

    BoundedCrypto(SecureRandom random, Counters<DtlsCounter> counters) {
        super(random);
        this.counters = counters;
    }

    @Override
    public TlsCipher createCipher(TlsCryptoParameters parameters, int encryptionAlgorithm, int macAlgorithm) throws IOException {
        return new BoundedCipher(super.createCipher(parameters, encryptionAlgorithm, macAlgorithm), counters);
    }

    /// Without tables: an association says a handful of records, and lasts as long as its call.
    @Override
    protected AEADBlockCipher createGCMMode(BlockCipher cipher) {
        return GCMBlockCipher.newInstance(cipher, new BasicGCMMultiplier());
    }

    private record BoundedCipher(TlsCipher cipher, Counters<DtlsCounter> counters) implements TlsCipher {
        @Override
        public TlsDecodeResult decodeCiphertext(
                long sequence, short recordType, ProtocolVersion version, byte[] bytes, int offset, int length) throws IOException {
            TlsDecodeResult plain = cipher.decodeCiphertext(sequence, recordType, version, bytes, offset, length);
            if (plain.contentType == ContentType.handshake && !MessageBound.admits(plain.buf, plain.off, plain.off + plain.len)) {
                counters.increment(DtlsCounter.MESSAGE_TOO_LONG);
                throw new TlsFatalAlert(AlertDescription.illegal_parameter);
            }
            return plain;
        }

        @Override
        public TlsEncodeResult encodePlaintext(
                long sequence, short type, ProtocolVersion version, int headerAllocation, byte[] bytes, int offset, int length)
                throws IOException {
            return cipher.encodePlaintext(sequence, type, version, headerAllocation, bytes, offset, length);
        }

        @Override
        public int getCiphertextDecodeLimit(int plaintextLimit) {
            return cipher.getCiphertextDecodeLimit(plaintextLimit);
        }

        @Override
        public int getCiphertextEncodeLimit(int plaintextLimit) {
            return cipher.getCiphertextEncodeLimit(plaintextLimit);
        }

        @Override
        public int getPlaintextDecodeLimit(int ciphertextLimit) {
            return cipher.getPlaintextDecodeLimit(ciphertextLimit);
        }

        @Override
        public int getPlaintextEncodeLimit(int ciphertextLimit) {
            return cipher.getPlaintextEncodeLimit(ciphertextLimit);
        }

        @Override
        public void rekeyDecoder() throws IOException {
            cipher.rekeyDecoder();
        }

        @Override
        public void rekeyEncoder() throws IOException {
            cipher.rekeyEncoder();
        }

        @Override
        public boolean usesOpaqueRecordTypeDecode() {
            return cipher.usesOpaqueRecordTypeDecode();
        }

        @Override
        public boolean usesOpaqueRecordTypeEncode() {
            return cipher.usesOpaqueRecordTypeEncode();
        }
    }
}
