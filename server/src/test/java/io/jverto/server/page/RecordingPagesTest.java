package io.jverto.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.testkit.time.VirtualTime;
import io.jverto.verto.connect.PageHandler;
import io.jverto.verto.site.SiteReply;
import io.jverto.verto.site.SiteRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingPagesTest {
    @TempDir
    Path folder;

    private final VirtualTime time = new VirtualTime();
    private RecordingPages pages;
    private Path recordings;

    @BeforeEach
    void setUp() throws IOException {
        recordings = Files.createDirectories(folder.resolve("recordings"));
        pages = new RecordingPages(PageHandler.NONE, () -> Optional.of(recordings), time, new Random(3));
    }

    @Test
    void aTicketIsForOneFileAndEndsByItself() throws IOException {
        Path talk = Files.writeString(recordings.resolve("talk.opus"), "sound");
        String link = pages.link(talk).orElseThrow();
        assertThat(link).matches("/recordings/[0-9a-f-]{36}/talk\\.opus");
        assertThat(pages.isFile(link)).isTrue();
        assertThat(get(link)).isEqualTo(new SiteReply.Content(talk.toRealPath(), "audio/ogg"));

        time.advance(RecordingPages.VALID);

        assertThat(get(link).status()).isEqualTo(404);
    }

    @Test
    void s34NothingOfTheAddressButItsTicketChoosesAFile() throws IOException {
        Path talk = Files.writeString(recordings.resolve("talk.wav"), "sound");
        Files.writeString(folder.resolve("secret"), "secret");
        String token = pages.link(talk).orElseThrow().split("/")[2];
        for (String path : List.of("/recordings/" + token + "/secret", "/recordings/" + token, "/recordings/" + token + "//etc/passwd")) {
            assertThat(get(path)).as(path).isEqualTo(new SiteReply.Content(talk.toRealPath(), "audio/wav"));
        }
        for (String path : List.of("/recordings/", "/recordings/talk.wav", "/recordings/x/talk.wav", "/recordings//" + token)) {
            assertThat(get(path).status()).as(path).isEqualTo(404);
        }
        assertThat(pages.file(new SiteRequest("POST", "/recordings/" + token, "", "", InetAddress.getLoopbackAddress(), "")).status()).isEqualTo(405);
        assertThat(pages.isFile("/index.html")).isFalse();
    }

    @Test
    void s34WhatLiesOutsideOfTheFolderIsNotGivenAwayWhateverLinksLeadThere() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Path link = Files.createSymbolicLink(recordings.resolve("a.wav"), secret);

        assertThat(get(pages.link(secret).orElseThrow()).status()).isEqualTo(404);
        assertThat(get(pages.link(link).orElseThrow()).status()).isEqualTo(404);
        assertThat(get(pages.link(recordings).orElseThrow()).status()).isEqualTo(404);
        assertThat(get(pages.link(recordings.resolve("none.wav")).orElseThrow()).status()).isEqualTo(404);
    }

    @Test
    void ticketsAreBounded() throws IOException {
        Path talk = Files.writeString(recordings.resolve("talk.wav"), "sound");
        String first = pages.link(talk).orElseThrow();
        for (int i = 0; i < RecordingPages.MOST_TICKETS; i++) {
            pages.link(talk);
        }

        assertThat(get(first).status()).isEqualTo(404);
        assertThat(get(pages.link(talk).orElseThrow()).status()).isEqualTo(200);
    }

    private SiteReply get(String path) {
        return pages.file(new SiteRequest("GET", path, "", "", InetAddress.getLoopbackAddress(), ""));
    }
}
