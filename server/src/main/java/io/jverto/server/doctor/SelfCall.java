package io.jverto.server.doctor;

import io.jverto.base.Program;
import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.time.TimeSource;
import io.jverto.media.dtls.DtlsIdentity;
import io.jverto.media.plan.IcePlan;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.Sound;
import io.jverto.media.plan.Tones;
import io.jverto.media.plan.Way;
import io.jverto.medialoop.MediaConfig;
import io.jverto.medialoop.MediaCounters;
import io.jverto.medialoop.MediaEngine;
import io.jverto.server.finding.Finding;
import io.jverto.switchboard.negotiate.Negotiation;
import io.jverto.switchboard.negotiate.Negotiator;
import io.jverto.switchboard.negotiate.Terms;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.MediaListener;
import io.jverto.switchboard.port.MediaRules;
import io.jverto.switchboard.port.MediaService.MediaRef;
import io.jverto.wire.sdp.SdpText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Calls the server as a browser does, over a WebSocket, ICE, DTLS and Opus, says a tone to a number that echoes, and listens for it.
final class SelfCall {
    private static final long PATIENCE_SECONDS = 10;
    /// An echo is immediate.
    private static final long TONE_SECONDS = 4;
    private static final int FIRST_PORT = 50_000;
    private static final int LAST_PORT = 60_000;
    private static final double HERTZ = 1_000;
    private static final String TONE = "%(20000,0,1000)";
    private static final int HITS = 5;
    private static final String SUBJECT = "self-call";

    private final Caller caller;
    private final SecureRandom random;
    private final TimeSource time;
    private final List<Finding> findings = new ArrayList<>();
    private String step = "";

    /// Who calls.
    ///
    /// @param url of the WebSocket
    /// @param user empty where the profile asks for no login
    /// @param number that echoes
    /// @param sound where the server receives sound
    /// @param name caller id name
    record Caller(URI url, String user, String password, String number, InetAddress sound, String name) {
        /// Never shows the password.
        @Override
        public String toString() {
            return "Caller[" + url + "]";
        }
    }

    SelfCall(Caller caller, SecureRandom random, TimeSource time) {
        this.caller = caller;
        this.random = random;
        this.time = time;
    }

    List<Finding> run() {
        try (VertoLine line = connect(); MediaEngine media = media()) {
            call(line, media);
        } catch (StepFailed failed) {
            findings.add(failed.finding);
        } catch (UncheckedIOException refused) {
            findings.add(Finding.warning(SUBJECT, "the doctor has no UDP port for it: " + refused.getMessage(), "the call was not tried", "free one between "
                    + FIRST_PORT + " and " + LAST_PORT));
        }
        return findings;
    }

    private VertoLine connect() {
        long began = time.nanoTime();
        step = "connect";
        try {
            VertoLine line = VertoLine.open(caller.url(), time);
            told("WebSocket to " + caller.url(), began);
            return line;
        } catch (IOException refused) {
            throw failed("no WebSocket to " + caller.url() + ": " + refused.getMessage(), "nobody can log in",
                    "is the server running, and does a firewall or apply-connection-acl keep this machine out?");
        }
    }

    private MediaEngine media() {
        DtlsIdentity identity = DtlsIdentity.generate(random, time.wallTime().minus(Duration.ofDays(1)), Duration.ofDays(2));
        InetAddress any = InetAddress.ofLiteral(caller.sound().getHostAddress().contains(":") ? "::" : "0.0.0.0");
        return new MediaEngine(
                new MediaConfig(List.of(any), Optional.empty(), _ -> true, FIRST_PORT, LAST_PORT, 1), identity, random, time, MediaCounters.create());
    }

    private void call(VertoLine line, MediaEngine engine) {
        login(line);
        Ear ear = new Ear();
        MediaRef media = engine.open(new ChannelId("doctor"), Optional.of(caller.sound()), MediaRules.DEFAULT, ear)
                .orElseThrow(() -> failed("no media for it", "the call was not tried", "try again"));
        SdpText offer = Negotiator.offer(media.local(), Terms.generous("opus", time.wallTime().getEpochSecond()));
        String id = UUID.randomUUID().toString();
        MediaPlan plan = answered(line, id, offer);
        try {
            hear(media, ear, plan);
        } finally {
            line.request("verto.bye", new JsonObjectBuilder().put("dialogParams", dialog(id)).put("cause", "NORMAL_CLEARING").put("causeCode", 16));
        }
    }

    private void login(VertoLine line) {
        long began = time.nanoTime();
        step = "log in";
        JsonObjectBuilder params = new JsonObjectBuilder().put("login", caller.user()).put("passwd", caller.password());
        Optional<String> error = line.request("login", params).flatMap(reply -> reply.object("error")).flatMap(problem -> problem.string("message"));
        if (error.isPresent()) {
            throw failed("the server does not let " + caller.user() + " in: " + error.get(), "users who give this password cannot log in",
                    "name a user who can: --user USER --password PASSWORD");
        }
        told("logged in as " + caller.user(), began);
    }

    private MediaPlan answered(VertoLine line, String id, SdpText offer) {
        long began = time.nanoTime();
        step = "answer";
        JsonObjectBuilder invite = new JsonObjectBuilder().put("sdp", offer.value()).put("dialogParams", dialog(id));
        Optional<JsonObject> reply = line.request("verto.invite", invite);
        Optional<String> refused = reply.flatMap(one -> one.object("error")).flatMap(one -> one.string("message"));
        if (reply.isEmpty() || refused.isPresent()) {
            throw failed("the server takes no call: " + refused.orElse("it gives no reply"), "nobody can call", "look into its log");
        }
        VertoLine.Answer answer = line.answer(PATIENCE_SECONDS);
        if (answer.sdp().isEmpty()) {
            throw failed(caller.number() + " does not answer: " + answer.cause(), "callers who dial it hear nothing",
                    "is there an extension that echoes? Name another number: --dial NUMBER. " + Program.command("cli") + " shows the log of the call");
        }
        told(caller.number() + " answers", began);
        return switch (Negotiator.accept(offer, new SdpText(answer.sdp()))) {
            case Negotiation.Agreed agreed -> agreed.plan();
            case Negotiation.Refused no -> throw failed("its answer is of no use: " + no.reason(), "calls of browsers have no sound",
                    "let inbound-codec-string have opus");
        };
    }

    private void hear(MediaRef media, Ear ear, MediaPlan plan) {
        long began = time.nanoTime();
        step = "media";
        media.apply(plan);
        await(ear.connected, PATIENCE_SECONDS, () -> failed("ICE and DTLS do not come up with " + (plan.transport() instanceof IcePlan ice ? ice.remoteCandidates() : "the server") + ": " + ear.failure, "calls have no sound",
                "UDP between here and there is dropped, or rtp-ip is not an address of the server; " + Program.command("cli counters") + " shows what came"));
        told("ICE and DTLS", began);
        began = time.nanoTime();
        media.detectTone(new Tones(List.of(HERTZ), HITS), Way.SAID, 1);
        media.route(new AudioRoute.Play(new Sound.Tone(TONE), 1));
        await(ear.heard, TONE_SECONDS, () -> failed("what is said does not come back", "calls connect, but have no sound",
                "does " + caller.number() + " echo? Name a number that does: --dial NUMBER"));
        told("Opus: a tone went there and came back", began);
    }

    private void await(CompletableFuture<Void> future, long seconds, Supplier<StepFailed> otherwise) {
        try {
            future.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException never) {
            throw otherwise.get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw otherwise.get();
        }
    }

    private JsonObject dialog(String id) {
        return new JsonObjectBuilder().put("callID", id).put("destination_number", caller.number()).put("caller_id_name", caller.name())
                .put("caller_id_number", caller.user().replaceAll("@.*", "")).put("remote_caller_id_number", caller.number())
                .put("useVideo", false).put("useStereo", false).put("screenShare", false).build();
    }

    private void told(String what, long began) {
        findings.add(Finding.fine(SUBJECT, what + " in " + TimeUnit.NANOSECONDS.toMillis(time.nanoTime() - began) + " ms"));
    }

    private StepFailed failed(String fact, String meaning, String remedy) {
        return new StepFailed(Finding.error(SUBJECT, step + ": " + fact, meaning, remedy));
    }

    /// The call ends here.
    private static final class StepFailed extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Finding finding;

        StepFailed(Finding finding) {
            super(finding.fact());
            this.finding = finding;
        }
    }

    /// What media threads tell.
    private static final class Ear implements MediaListener {
        private final CompletableFuture<Void> connected = new CompletableFuture<>();
        private final CompletableFuture<Void> heard = new CompletableFuture<>();
        private volatile String failure = "nothing came back";

        @Override
        public void onConnected() {
            connected.complete(null);
        }

        @Override
        public void onToneFound(long number) {
            heard.complete(null);
        }

        @Override
        public void onFailed(Failure reason) {
            failure = reason.toString();
            connected.completeExceptionally(new IOException(failure));
        }

        @Override
        public void onDtmf(char digit, int durationMillis) {}

        @Override
        public void onPlaybackEnded(long playback, PlaybackEnd end) {}

        @Override
        public void onRecordingEnded(long recording, RecordingEnd end) {}

        @Override
        public void onTalking(boolean talking) {}
    }
}
