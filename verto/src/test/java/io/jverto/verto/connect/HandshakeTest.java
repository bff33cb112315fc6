package io.jverto.verto.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.count.Counters;
import io.jverto.switchboard.directory.Directory;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.message.MessageRoutes;
import io.jverto.switchboard.message.PassingMessages;
import io.jverto.switchboard.port.CallControl;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.IncomingCall;
import io.jverto.switchboard.port.MediaRules;
import io.jverto.switchboard.port.TransferWatch;
import io.jverto.testkit.time.VirtualTime;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.dispatch.Services;
import io.jverto.verto.login.Gate;
import io.jverto.switchboard.directory.LoginThrottle;
import io.jverto.verto.login.SlowCheck;
import io.jverto.verto.message.Messages;
import io.jverto.verto.multicast.Relays;
import io.jverto.verto.outbound.FrameLog;
import io.jverto.verto.outbound.MessageIds;
import io.jverto.verto.present.Calls;
import io.jverto.verto.profile.IceServers;
import io.jverto.verto.profile.VertoProfile;
import io.jverto.verto.session.Sessions;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The deadline of the handshake, in Netty's own virtual time.
class HandshakeTest {
    private final Counters<VertoCount> counters = new Counters<>(VertoCount.class);
    private final EmbeddedChannel channel = open();

    @Test
    void s1WhoSaysNothingIsClosedAfterTenSeconds() {
        pass(9_900);
        assertThat(channel.isOpen()).isTrue();

        pass(200);

        assertThat(channel.isOpen()).isFalse();
        assertThat(counters.get(VertoCount.HANDSHAKES_FAILED)).isEqualTo(1);
    }

    @Test
    void s1AByteNowAndThenDoesNotHelp() {
        for (int second = 0; second < 10; second++) {
            channel.writeInbound(bytes("G"));
            pass(1_000);
        }

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void everyAnswerGivesAnotherTenSeconds() {
        pass(8_000);
        channel.writeInbound(bytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
        pass(8_000);
        assertThat(channel.isOpen()).isTrue();

        pass(3_000);

        assertThat(channel.isOpen()).isFalse();
    }

    private void pass(long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runPendingTasks();
    }

    private static Object bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private EmbeddedChannel open() {
        EmbeddedChannel embedded = new EmbeddedChannel();
        embedded.freezeTime();
        embedded.pipeline()
                .addLast(new HttpServerCodec(), new HttpObjectAggregator(1_000))
                .addLast(UpgradeHandler.ofConnection(listener(counters, 0)));
        return embedded;
    }

    /// @param length of its page in bytes
    static Listener listener(Counters<VertoCount> counters, int length) {
        VirtualTime time = new VirtualTime();
        VertoProfile.Auth auth = new VertoProfile.Auth("true", "", false, true, "", false);
        VertoProfile profile = new VertoProfile(
                "p",
                List.of(),
                new VertoProfile.TlsFiles("", "", ""),
                VertoProfile.Access.OPEN,
                auth,
                new VertoProfile.Calls("default", "XML", "opus", "opus"),
                new VertoProfile.Media(List.of(), List.of(), "", MediaRules.DEFAULT),
                VertoProfile.Extras.NONE);
        EventChannels events = new EventChannels();
        Sessions sessions = new Sessions(events);
        Messages messages = new Messages(
                new Messages.Place(new MessageRoutes(), new PassingMessages()), sessions, () -> Directory.EMPTY, counters, time);
        Services services = new Services(
                new NoCalls(), events, new CoreEvents(time), new Commands(), () -> Directory.EMPTY, sessions, new Calls(events), messages, new Relays(events, counters, time), new MessageIds(), counters, new FrameLog(0), IceServers.NONE, time, new Random(1));
        Gate gate = new Gate(auth, () -> Directory.EMPTY, new LoginThrottle(), new SlowCheck(new Random(1)), Optional.empty(), time, counters);
        PageHandler page = _ -> new PageHandler.PageResponse(200, Map.of(), new byte[length]);
        return new Listener(
                profile, false, gate, services, page, new SiteResponder(page::file, time, counters), List.of(), Limits.DEFAULT, ConcurrentHashMap.newKeySet());
    }

    private static final class NoCalls implements CallControl {
        @Override
        public Admission admit(IncomingCall call) {
            return new Admission.Refused(Cause.SWITCH_CONGESTION);
        }

        @Override
        public Optional<CallRef> find(ChannelId id) {
            return Optional.empty();
        }

        @Override
        public TransferResult transfer(ChannelId call, String destination) {
            return TransferResult.FAILED;
        }

        @Override
        public TransferResult transfer(ChannelId call, String destination, Map<String, String> variables, TransferWatch watch) {
            return TransferResult.FAILED;
        }

        @Override
        public Admission admit(IncomingCall call, ChannelId replaced) {
            return new Admission.Refused(Cause.SWITCH_CONGESTION);
        }

        @Override
        public TransferResult replace(ChannelId call, ChannelId other) {
            return TransferResult.FAILED;
        }
    }
}
