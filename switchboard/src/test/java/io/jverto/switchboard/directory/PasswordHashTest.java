package io.jverto.switchboard.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PasswordHashTest {
    @Test
    void fitsItsPasswordAlone() {
        String hash = PasswordHash.of("Größe 7", new Random(1));

        assertThat(PasswordHash.isOne(hash)).isTrue();
        assertThat(PasswordHash.matches(hash, "Größe 7")).isTrue();
        assertThat(PasswordHash.matches(hash, "größe 7")).isFalse();
        assertThat(PasswordHash.matches(hash, "")).isFalse();
        assertThat(hash).startsWith("pbkdf2-sha512$210000$").doesNotContain("7");
    }

    @Test
    void theSamePasswordHasAnotherHashEachTime() {
        Random random = new Random(1);

        assertThat(PasswordHash.of("one", random)).isNotEqualTo(PasswordHash.of("one", random));
    }

    /// RFC 6070 has its vectors for SHA-1; this one is Python's hashlib.pbkdf2_hmac('sha512', b'password', b'saltsaltsaltsalt', 1000, 32).
    @Test
    void isWhatOtherProgramsComputeToo() {
        assertThat(PasswordHash.matches("pbkdf2-sha512$1000$c2FsdHNhbHRzYWx0c2FsdA==$715rqIr5dXOVPpBhqqsugl037zT5bWJTWYmZtIcK8hA=", "password")).isTrue();
        assertThat(PasswordHash.matches("pbkdf2-sha512$1001$c2FsdHNhbHRzYWx0c2FsdA==$715rqIr5dXOVPpBhqqsugl037zT5bWJTWYmZtIcK8hA=", "password")).isFalse();
    }

    @Test
    void whatIsNoneFitsNothing() {
        assertThat(PasswordHash.isOne("1234")).isFalse();
        assertThat(PasswordHash.isOne("pbkdf2-sha512$99999999$c2FsdHNhbHRzYWx0c2FsdA==$c2FsdHNhbHRzYWx0c2FsdA==")).as("work without end").isFalse();
        assertThat(PasswordHash.isOne("pbkdf2-sha512$0$c2FsdHNhbHRzYWx0c2FsdA==$c2FsdHNhbHRzYWx0c2FsdA==")).isFalse();
        assertThat(PasswordHash.matches("1234", "1234")).isFalse();
        assertThat(PasswordHash.matches(PasswordHash.NOBODY, "")).isFalse();
    }
}
