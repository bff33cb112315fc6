package io.jverto.verto;

import io.jverto.base.Broken;
import io.jverto.base.time.TimeSource;
import io.jverto.portkit.IdleSignal;
import io.jverto.switchboard.port.CallControl;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.CallSignal;
import io.jverto.switchboard.port.CallVariables;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.Endpoint;
import io.jverto.switchboard.port.IncomingCall;
import io.jverto.switchboard.port.TransferWatch;
import io.jverto.switchboard.port.MessageRoute;
import io.jverto.switchboard.port.RoomNotice;
import io.jverto.switchboard.port.Saying;
import io.jverto.wire.sdp.SdpText;
import io.jverto.wire.sdp.TrickledCandidate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A switch without dialplan and media, for tests of the endpoint alone: what a number does is built in.
/// 9196 answers; 3500 answers and is a room; 9181 sends early media, then answers; 9182 is busy; 9100 rings for ever; 10xx calls that user, relaying answer and end.
final class FakeSwitch implements CallControl, CallVariables {
    private static final String ROOM = "3500";
    static final SdpText ANSWER = new SdpText("v=0 answer");
    static final SdpText OFFER = new SdpText("v=0 offer");

    final List<IncomingCall> admitted = new CopyOnWriteArrayList<>();
    final List<String> digits = new CopyOnWriteArrayList<>();
    final List<String> candidates = new CopyOnWriteArrayList<>();
    final List<String> changes = new CopyOnWriteArrayList<>();
    final List<String> ends = new CopyOnWriteArrayList<>();
    final List<String> moves = new CopyOnWriteArrayList<>();
    private final Semaphore ended = new Semaphore(0);

    private final TimeSource time;
    private final Map<ChannelId, Leg> legs = new ConcurrentHashMap<>();
    private volatile Endpoint endpoint = new NoEndpoint();
    private int outgoing;

    FakeSwitch(TimeSource time) {
        this.time = time;
    }

    void endpoint(Endpoint reachable) {
        endpoint = reachable;
    }

    @Override
    public Admission admit(IncomingCall call) {
        admitted.add(call);
        if (call.caller().destination().equals("full")) {
            return new Admission.Refused(Cause.SWITCH_CONGESTION);
        }
        Leg leg = new Leg(call.id(), call.signal(), call.caller());
        leg.cookie = call.variables().get("event_channel_cookie");
        legs.put(call.id(), leg);
        return new Admission.Admitted(leg);
    }

    @Override
    public Optional<CallRef> find(ChannelId id) {
        return Optional.ofNullable(legs.get(id));
    }

    @Override
    public Optional<String> get(ChannelId call, String name) {
        return Optional.ofNullable(legs.get(call)).map(leg -> leg.variables.getOrDefault(name, ""));
    }

    @Override
    public boolean set(ChannelId call, String name, String value) {
        Optional.ofNullable(legs.get(call)).ifPresent(leg -> leg.variables.put(name, value));
        return legs.containsKey(call);
    }

    @Override
    public TransferResult transfer(ChannelId call, String destination) {
        return legs.get(call).partner.map(leg -> moved(call, leg, destination)).orElse(TransferResult.NOT_BRIDGED);
    }

    /// Nobody here watches one, or takes the place of a call by an INVITE: that is SIP's.
    @Override
    public TransferResult transfer(ChannelId call, String destination, Map<String, String> variables, TransferWatch watch) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Admission admit(IncomingCall call, ChannelId replaced) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TransferResult replace(ChannelId call, ChannelId other) {
        Optional<Leg> one = legs.get(call).partner;
        Optional<Leg> two = legs.get(other).partner;
        if (one.isEmpty() || two.isEmpty()) {
            return TransferResult.FAILED;
        }
        legs.get(other).partner = Optional.empty();
        legs.get(other).hangup(Cause.ATTENDED_TRANSFER, false);
        return moved(call, one.get(), two.get().id().value());
    }

    private TransferResult moved(ChannelId call, Leg partner, String destination) {
        moves.add(partner.id() + " to " + destination);
        partner.partner = Optional.empty();
        legs.get(call).partner = Optional.empty();
        legs.get(call).hangup(Cause.NORMAL_CLEARING, false);
        return TransferResult.DONE;
    }

    /// Waits until so many calls have ended.
    void awaitEnds(int count) {
        try {
            if (!ended.tryAcquire(count, 10, TimeUnit.SECONDS)) {
                throw new AssertionError("only these have ended: " + ends);
            }
        } catch (InterruptedException stop) {
            throw new AssertionError("interrupted", stop);
        }
    }

    int live() {
        return legs.size();
    }

    /// Rings everybody at the address.
    void call(String address, CallerProfile caller) {
        if (endpoint.reach(address) instanceof Endpoint.Reach.Reachable reachable) {
            reachable.devices().forEach(device -> ring(device, caller, Map.of("verto_svar_queue", "support", "secret", "x")));
        }
    }

    private Leg ring(Endpoint.Device device, CallerProfile caller, Map<String, String> variables) {
        Leg leg = new Leg(new ChannelId("out-" + ++outgoing), new IdleSignal(), caller);
        legs.put(leg.id(), leg);
        leg.signal = device.invite(new Endpoint.OutgoingCall(leg, OFFER, caller, variables));
        return leg;
    }

    private void toRoom(ChatMessage message) {
        legs.values().stream().filter(Leg::isInRoom).forEach(leg -> leg.hear(new Saying.InRoom(message)));
    }

    /// `conf+3500@test`, for those who are in the room.
    final class Room implements MessageRoute {
        @Override
        public String protocol() {
            return "conf";
        }

        @Override
        public boolean send(String address, Sender sender, ChatMessage message) {
            boolean there = address.equals(ROOM + "@test") && legs.values().stream()
                    .anyMatch(leg -> leg.isInRoom() && leg.cookie.equals(sender.cookie()));
            if (there) {
                toRoom(message);
            }
            return there;
        }
    }

    private final class Leg implements CallRef {
        @Override
        public void fromRoom(RoomNotice notice) {
            // no rooms here
        }

        private final ChannelId id;
        private final CallerProfile caller;
        private final Map<String, String> variables = new ConcurrentHashMap<>();
        private volatile CallSignal signal;
        private volatile String cookie = "";
        private volatile boolean answered;
        private volatile boolean held;
        private volatile Optional<Leg> partner = Optional.empty();

        Leg(ChannelId id, CallSignal signal, CallerProfile caller) {
            this.id = id;
            this.signal = signal;
            this.caller = caller;
        }

        @Override
        public ChannelId id() {
            return id;
        }

        @Override
        public void rings() {
            // Verto clients ring by themselves
        }

        @Override
        public AnswerResult early(SdpText sdp) {
            return AnswerResult.GONE; // Verto clients have no early media
        }

        @Override
        public void refreshVideo() {
            // no video here
        }

        @Override
        public void reattached() {
            // this switch shows its clients nothing
        }

        @Override
        public void start() {
            time.start("leg", this::run);
        }

        private void run() {
            String number = caller.destination();
            if (number.equals("9196") || number.equals(ROOM)) {
                answered = true;
                signal.answered(Optional.of(ANSWER), Map.of("verto_svar_room", "blue", "secret", "x"));
            } else if (number.equals("9181")) {
                signal.earlyMedia(ANSWER, Map.of());
                signal.earlyMedia(ANSWER, Map.of());
                time.mailbox(1).await(time.nanoTime() + 2_000_000_000L);
                answered = true;
                signal.answered(Optional.of(ANSWER), Map.of());
                signal.earlyMedia(ANSWER, Map.of());
            } else if (number.equals("9182")) {
                hangup(Cause.USER_BUSY, false);
            } else if (number.startsWith("10")) {
                bridge(number);
            }
        }

        private void bridge(String user) {
            switch (endpoint.reach(user + "@test")) {
                case Endpoint.Reach.Unreachable unreachable -> hangup(unreachable.cause(), false);
                case Endpoint.Reach.Reachable reachable -> {
                    Leg callee = ring(reachable.devices().getFirst(), caller, Map.of());
                    callee.partner = Optional.of(this);
                    partner = Optional.of(callee);
                    signal.earlyMedia(ANSWER, Map.of());
                }
            }
        }

        @Override
        public boolean answered() {
            return answered;
        }

        @Override
        public AnswerResult answer(SdpText sdp, String calleeName, String calleeNumber) {
            if (sdp.value().equals("bad")) {
                return AnswerResult.CODEC_ERROR;
            }
            answered = true;
            partner.ifPresent(leg -> {
                leg.answered = true;
                leg.signal.answered(Optional.empty(), Map.of());
            });
            signal.display(new CallSignal.DisplayUpdate(caller.callerName(), caller.callerNumber(), caller));
            return AnswerResult.ANSWERED;
        }

        @Override
        public void away() {}

        @Override
        public Optional<Reoffer> reoffer() {
            return answered ? Optional.of(new Reoffer(OFFER, caller, Map.of("verto_svar_room", "blue", "secret", "x"))) : Optional.empty();
        }

        @Override
        public AnswerResult accept(SdpText answer) {
            throw new Broken("Verto clients lose their calls first");
        }

        @Override
        public AnswerResult reattach(SdpText sdp) {
            if (sdp.value().equals("bad")) {
                hangup(Cause.BEARERCAPABILITY_NOTAVAIL, false);
                return AnswerResult.CODEC_ERROR;
            }
            signal.display(new CallSignal.DisplayUpdate("Sales", "3000", caller, Map.of("verto_h_ticket", "4711", "secret", "x")));
            return AnswerResult.ANSWERED;
        }

        @Override
        public Update update(SdpText offer) {
            return offer.value().equals("bad") ? new Update.Failed(AnswerResult.CODEC_ERROR) : new Update.Updated(ANSWER);
        }

        @Override
        public boolean hold(HoldWish wish) {
            held = answered && (wish == HoldWish.HOLD || wish == HoldWish.TOGGLE && !held);
            return held;
        }

        /// What is typed comes back, like an echo; a message goes to the partner.
        @Override
        public boolean say(Saying saying) {
            if (saying instanceof Saying.Typed) {
                signal.said(saying);
            } else if (saying instanceof Saying.InCall(ChatMessage message) && isInRoom()) {
                toRoom(message);
            } else {
                partner.ifPresent(leg -> leg.signal.said(saying));
            }
            return true;
        }

        private boolean isInRoom() {
            return answered && caller.destination().equals(ROOM);
        }

        @Override
        public void hear(Saying saying) {
            signal.said(saying);
        }

        @Override
        public boolean change(Map<String, String> variables) {
            return changes.add(id + " " + new TreeMap<>(variables));
        }

        @Override
        public boolean held() {
            return held;
        }

        @Override
        public void candidates(List<TrickledCandidate> late) {
            late.forEach(one -> candidates.add(id + " " + one.ufrag() + " " + one.candidate().address()));
        }

        @Override
        public boolean dtmf(String keys, int durationMillis) {
            return digits.add(keys + "@" + durationMillis);
        }

        @Override
        public boolean hangup(Cause cause, boolean byClient) {
            if (!legs.remove(id, this)) {
                return false;
            }
            ends.add(id + " " + cause);
            signal.ended(cause, byClient);
            ended.release();
            partner.ifPresent(leg -> leg.hangup(answered || leg.partner.isEmpty() ? cause : Cause.ORIGINATOR_CANCEL, false));
            return true;
        }
    }

    private static final class NoEndpoint implements Endpoint {
        @Override
        public String scheme() {
            return "none";
        }

        @Override
        public Reach reach(String address) {
            return new Reach.Unreachable(Cause.USER_NOT_REGISTERED);
        }
    }
}
