package io.jverto.switchboard.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.PacketCaptures;
import io.jverto.testkit.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureCommandsTest {
    @TempDir
    Path temp;

    private final List<PacketCaptures.Wish> wishes = new ArrayList<>();
    private final List<ChannelId> stopped = new ArrayList<>();

    @Test
    void eachNamesTheFileThatItBeginsInAFolderThatIsNobodyElses() throws IOException {
        assertThat(run("uuid_pcap", "653ef143-0060 start")).isEqualTo("+OK " + folder().resolve("653ef143-0060-20260101T000000.pcap") + "\n");
        assertThat(run("uuid_pcap_decrypted", "653ef143-0060 start 20")).isEqualTo("+OK " + folder().resolve("653ef143-0060-20260101T000000-decrypted.pcap") + "\n");

        assertThat(wishes).extracting(PacketCaptures.Wish::decrypted).containsExactly(false, true);
        assertThat(wishes).extracting(PacketCaptures.Wish::most).containsExactly(Duration.ofMinutes(5), Duration.ofSeconds(20));
        assertThat(Files.getPosixFilePermissions(folder())).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void s34AnIdThatAClientChoseLeadsNowhereElse() {
        run("uuid_pcap", "../../etc/passwd start");
        run("uuid_pcap", "x".repeat(500) + " start");

        assertThat(wishes).extracting(PacketCaptures.Wish::file).allSatisfy(file -> {
            assertThat(file.normalize().getParent()).isEqualTo(folder());
            assertThat(file.getFileName().toString()).hasSizeLessThan(100);
        });
    }

    @Test
    void stopEndsItAndSaysWhenThereWasNone() {
        assertThat(run("uuid_pcap", "a stop")).isEqualTo("+OK\n");
        assertThat(run("uuid_pcap", "b stop")).startsWith("-ERR nothing");
        assertThat(stopped).containsExactly(new ChannelId("a"), new ChannelId("b"));
    }

    @Test
    void whatIsNotUnderstoodSaysHowItIsUsed() {
        for (String wrong : List.of("", "a", "a go", "a start 0", "a start 3601", "a start x", "a start 10 10", "a stop 10")) {
            assertThat(run("uuid_pcap", wrong)).as(wrong).startsWith("-USAGE: uuid_pcap <uuid> start");
        }
        assertThat(wishes).isEmpty();
    }

    @Test
    void aFolderThatIsFullTakesNoMore() throws IOException {
        Files.createDirectories(folder());
        for (int i = 0; i < CaptureCommands.MOST_FILES; i++) {
            Files.createFile(folder().resolve(i + ".pcap"));
        }

        assertThat(run("uuid_pcap", "a start")).startsWith("-ERR " + folder() + " has 100 files").contains("delete what is not needed");
        assertThat(wishes).isEmpty();
    }

    private Path folder() {
        return temp.resolve("storage/captures");
    }

    private String run(String name, String arguments) {
        PacketCaptures captures = new PacketCaptures() {
            @Override
            public Result start(ChannelId channel, Wish wish) {
                wishes.add(wish);
                return new Result.Started();
            }

            @Override
            public boolean stop(ChannelId channel) {
                stopped.add(channel);
                return channel.value().equals("a");
            }
        };
        ApiCommand command = CaptureCommands.of(captures, this::folder, new VirtualTime()).stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
        return command.run(arguments);
    }
}
