package io.jverto.medialoop.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.picture.Sprite;
import io.jverto.media.plan.Scene.Art;
import io.jverto.media.plan.Scene.Banner;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ArtCupboardTest {
    private final Semaphore ready = new Semaphore(0);
    private final ArtCupboard cupboard = new ArtCupboard(ready::release);

    @Test
    void artIsMadeBesideAndToldOfWhenItIsThere() throws InterruptedException {
        Art line = new Art.Line(new Banner("Ada", 0xffffff, 0, 5));

        assertThat(cupboard.get(line, 64, 16)).as("nobody waits for it").isNull();
        assertThat(ready.tryAcquire(20, TimeUnit.SECONDS)).isTrue();

        Sprite made = cupboard.get(line, 64, 16);
        assertThat(made).isNotNull();
        assertThat(made.width()).isEqualTo(64);
        assertThat(cupboard.get(line, 64, 16)).as("it is made once").isSameAs(made);
        assertThat(ready.tryAcquire()).isFalse();
    }

    @Test
    void whatCannotBeReadIsAskedForOnce() throws InterruptedException {
        Art missing = new Art.Image(Path.of("/nowhere/at-all.png"));
        assertThat(cupboard.get(missing, 64, 16)).isNull();
        assertThat(cupboard.get(new Art.Initials("Ada"), 64, 16)).isNull();
        assertThat(ready.tryAcquire(20, TimeUnit.SECONDS)).as("the others are made").isTrue();

        assertThat(cupboard.get(missing, 64, 16)).isNull();
        assertThat(cupboard.get(new Art.Initials("Ada"), 64, 16)).isNotNull();
    }

    @Test
    void whatWasLongestNotSeenGoesWhenThereIsTooMuch() throws InterruptedException {
        // Nearly 50 MB each, of 64 that are kept.
        Art first = new Art.Initials("first");
        Art second = new Art.Initials("second");
        cupboard.get(first, 4_000, 4_000);
        assertThat(ready.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
        assertThat(cupboard.get(first, 4_000, 4_000)).isNotNull();

        cupboard.get(second, 4_000, 4_000);
        assertThat(ready.tryAcquire(60, TimeUnit.SECONDS)).isTrue();

        assertThat(cupboard.get(second, 4_000, 4_000)).isNotNull();
        assertThat(cupboard.get(first, 4_000, 4_000)).as("it is made again").isNull();
    }
}
