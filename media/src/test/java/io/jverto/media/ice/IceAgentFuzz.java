package io.jverto.media.ice;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jverto.base.count.Counters;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.plan.RemoteCandidate;
import io.jverto.media.stun.StunClass;
import io.jverto.media.stun.StunKey;
import io.jverto.media.stun.StunMessage;
import io.jverto.media.stun.StunTransaction;
import io.jverto.media.stun.StunWriter;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// A peer that knows the passwords and otherwise does what it likes, one byte of the input after the other.
class IceAgentFuzz {
    @FuzzTest
    void neverThrowsGrowsOrLooksBack(byte[] script) {
        Player player = new Player(script);
        while (player.hasMore()) {
            player.step();
        }
    }

    private static final class Player implements IceOutput {
        private static final int MAX_WAITING = 32;

        private final byte[] script;
        private final ArrayDeque<byte[]> checks = new ArrayDeque<>();
        private final ArrayDeque<InetSocketAddress> checked = new ArrayDeque<>();
        private final StunWriter writer = new StunWriter();
        private final StunMessage message = new StunMessage();
        private final IceAgent agent;
        private IceCredentials local = IceWorld.credentials("ours");
        private IceCredentials remote = IceWorld.credentials("theirs");
        private int at;
        private int sentInStep;
        private int failures;
        private int lives = 1;
        private long nowNanos = 7;

        Player(byte[] script) {
            this.script = script;
            this.agent = new IceAgent(local, (next() & 1) == 0, new Random(1), new Counters<>(IceCounter.class));
        }

        boolean hasMore() {
            return at < script.length;
        }

        void step() {
            sentInStep = 0;
            int what = next();
            long deadline = switch (what & 7) {
                case 0 -> {
                    nowNanos += next() * 20_000_000L;
                    yield agent.onTimeout(nowNanos, this);
                }
                case 1 -> raw();
                case 2, 3 -> request(next());
                case 4, 5 -> answer(next());
                case 6 -> {
                    if ((what & 8) != 0) {
                        yield agent.candidates(nowNanos, late(next()), this);
                    }
                    remote = IceWorld.credentials("theirs" + (next() & 3));
                    yield agent.remote(nowNanos, remote, List.of(address(next()), address(next())), this);
                }
                default -> {
                    lives++;
                    local = IceWorld.credentials("ours" + (next() & 3));
                    yield agent.restart(nowNanos, local, (what & 8) == 0);
                }
            };
            assertThat(deadline).isGreaterThan(nowNanos);
            assertThat(sentInStep).isLessThanOrEqualTo(3); // an answer, a check and a question for consent
            assertThat(agent.pairs()).isLessThanOrEqualTo(2 * IceChecklist.MAX_PAIRS);
            assertThat(failures).isLessThanOrEqualTo(lives);
        }

        private List<RemoteCandidate> late(int count) {
            return IntStream.range(0, count & 15)
                    .mapToObj(i -> new RemoteCandidate((count & 16) == 0 ? "" : "theirs" + (i & 3), address(next())))
                    .toList();
        }

        private long raw() {
            int length = Math.min(next(), script.length - at);
            byte[] bytes = Arrays.copyOfRange(script, at, at + length);
            at += length;
            return agent.onStun(nowNanos, address(0), bytes, 0, length, this);
        }

        private long request(int how) {
            writer.begin(StunClass.REQUEST, new StunTransaction(at, how))
                    .username(local.ufrag() + ":" + remote.ufrag())
                    .priority(how)
                    .role((how & 1) == 0, how * 0x0123_4567_89ab_cdefL);
            if ((how & 2) == 0) {
                writer.useCandidate();
            }
            int length = writer.finish(StunKey.ofPassword((how & 4) == 0 ? local.password() : "wrong"));
            return agent.onStun(nowNanos, address(next()), writer.bytes(), 0, length, this);
        }

        private long answer(int how) {
            if (checks.isEmpty()) {
                return agent.onTimeout(nowNanos, this);
            }
            byte[] check = checks.poll();
            InetSocketAddress from = checked.poll();
            assertThat(message.read(check, 0, check.length)).isTrue();
            if ((how & 1) == 0) {
                writer.begin(StunClass.SUCCESS, message.transaction()).mappedAddress(address(1));
            } else {
                writer.begin(StunClass.ERROR, message.transaction()).error((how & 2) == 0 ? 487 : 400, "no");
            }
            int length = writer.finish(StunKey.ofPassword(remote.password()));
            return agent.onStun(nowNanos, from, writer.bytes(), 0, length, this);
        }

        private int next() {
            return at < script.length ? script[at++] & 0xff : 0;
        }

        private static InetSocketAddress address(int number) {
            return IceWorld.address(number + 1);
        }

        @Override
        public void send(InetSocketAddress to, byte[] bytes, int offset, int length) {
            sentInStep++;
            if (bytes[offset] == 0 && bytes[offset + 1] == 1 && checks.size() < MAX_WAITING) {
                checks.add(Arrays.copyOfRange(bytes, offset, offset + length));
                checked.add(to);
            }
        }

        @Override
        public void selected(InetSocketAddress to) {
            assertThat(to.getPort()).isPositive();
        }

        @Override
        public void failed() {
            failures++;
        }
    }
}
