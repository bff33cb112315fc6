package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.medialoop.file.Disk;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// From the commands of a moderator to what is heard (conference.md section 7.4).
class WhoHearsWhomTest {
    private static final int ROOMS = 200;
    private static final double HEARD = 1_500;

    @Test
    void whoHearsWhomIsWhatRandomCommandsSayInTwoHundredRooms() {
        Random random = new Random(20_261_126);
        for (int turn = 0; turn < ROOMS; turn++) {
            try (MixedMedia media = new MixedMedia(Disk.FILES)) {
                new Table(media, 2 + random.nextInt(4), turn).holds(random);
            }
        }
    }

    /// A room, and who has to hear whom in it.
    private static final class Table {
        private final MixedMedia media;
        private final RoomSetup setup;
        private final int size;
        private final int turn;
        private final TestChannel[] channels;
        private final int[] ids;
        private final boolean[] muted;
        private final boolean[] deaf;
        /// Whom the second does not hear because the first was told not to speak to him.
        private final boolean[][] nospeak;
        /// Whom the first does not hear because he was told not to.
        private final boolean[][] nohear;

        Table(MixedMedia media, int size, int turn) {
            this.media = media;
            this.setup = RoomSetup.over(media);
            this.size = size;
            this.turn = turn;
            channels = new TestChannel[size];
            ids = new int[size];
            muted = new boolean[size];
            deaf = new boolean[size];
            nospeak = new boolean[size][size];
            nohear = new boolean[size][size];
            for (int i = 0; i < size; i++) {
                channels[i] = media.phone("m" + i, hertz(i));
                setup.join(channels[i].wants("3000"));
                ids[i] = i + 1;
            }
        }

        void holds(Random random) {
            StringBuilder said = new StringBuilder();
            for (int i = 0; i < 4 * size; i++) {
                said.append(command(random)).append("; ");
            }
            media.run(30);
            for (int i = 0; i < size; i++) {
                for (int other = 0; other < size; other++) {
                    boolean hears = i != other && !deaf[i] && !muted[other] && !nospeak[other][i] && !nohear[i][other];
                    assertThat(MixedMedia.level(channels[i], hertz(other)) > HEARD)
                            .as("room %d, %d members: %d hears %d, after %s", turn, size, ids[i], ids[other], said)
                            .isEqualTo(hears);
                }
            }
        }

        private String command(Random random) {
            int one = random.nextInt(size);
            int other = random.nextInt(size);
            String command = switch (random.nextInt(9)) {
                case 0 -> mute(one, "mute", true);
                case 1 -> mute(one, "unmute", false);
                case 2 -> mute(one, "tmute", !muted[one]);
                case 3 -> deaf(one, "deaf", true);
                case 4 -> deaf(one, "undeaf", false);
                case 5, 6 -> relate(one, other, "nospeak", nospeak);
                case 7 -> relate(one, other, "nohear", nohear);
                default -> {
                    nospeak[one][other] = false;
                    nohear[one][other] = false;
                    yield "relate " + ids[one] + " " + ids[other] + " clear";
                }
            };
            assertThat(setup.api("3000 " + command)).as(command).doesNotStartWith("-ERR");
            return command;
        }

        private String mute(int member, String word, boolean now) {
            muted[member] = now;
            return word + " " + ids[member];
        }

        private String deaf(int member, String word, boolean now) {
            deaf[member] = now;
            return word + " " + ids[member];
        }

        private String relate(int one, int other, String word, boolean[][] relation) {
            relation[one][other] = true;
            return "relate " + ids[one] + " " + ids[other] + " " + word;
        }
    }

    private static double hertz(int member) {
        return 400 + 300 * member;
    }
}
