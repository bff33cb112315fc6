package io.jverto.sip.call;

import io.jverto.sip.dialog.CallEnd;
import io.jverto.sip.dialog.CallId;
import io.jverto.sip.dialog.OutgoingInvite;
import io.jverto.sip.dialog.ReferId;
import io.jverto.sip.message.Body;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.Uri;
import io.jverto.sip.profile.GatewayLine;
import io.jverto.sip.profile.Profile;
import io.jverto.sip.transaction.Hop;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.CallSignal;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.ChannelRef.AnswerResult;
import io.jverto.switchboard.port.ChannelRef;
import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.Saying;
import io.jverto.switchboard.port.UserId;
import io.jverto.wire.sdp.SdpText;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One call between a channel and a SIP peer. Methods `on...` run in the profile's SIP thread, those of [CallSignal] in the channel's; what
/// waits for the channel runs in the leg's own. Leaves out: names that change while a call is up.
final class SipLeg implements CallSignal {
    private static final Logger log = LoggerFactory.getLogger(SipLeg.class);

    private final SipCalls calls;
    private final Profile profile;
    private final Optional<GatewayLine> gateway;
    private final Optional<UserId> user;
    private final ChannelId id;
    private final boolean incoming;
    private final LegWorker worker;
    private final LegTransfer transfer;
    private final GatewayCalls.Share share = new GatewayCalls.Share();

    private volatile Optional<ChannelRef> channel = Optional.empty();
    /// For whom the switch makes the call.
    private volatile Optional<ChannelId> caller = Optional.empty();
    /// Whether the peer has us on hold: then the switch need not tell it.
    private volatile boolean peerHolds;
    /// Whether the peer was told that it is on hold; of the channel's thread.
    private boolean weHold;
    /// How the switch ends it; of the channel's thread until that has ended.
    private volatile Optional<LegEnd> leaves = Optional.empty();
    /// Whether what is said before the answer is acknowledged.
    private volatile boolean reliable;
    private volatile String peer = "";
    private volatile String place = "";
    private volatile Optional<InetAddress> where = Optional.empty();

    // Of the leg's thread.
    /// An offer of ours is not answered yet.
    private boolean offering;
    /// What it says has changed meanwhile.
    private boolean offersAgain;

    // Of the SIP thread.
    private Optional<CallId> call = Optional.empty();
    private Optional<OutgoingLeg> outgoing = Optional.empty();
    private String dialog = "";
    private final CalleeSounds sounds = new CalleeSounds();
    private boolean rang;
    private boolean answered;
    /// Whether either side has answered; what the channel goes by.
    private volatile boolean taken;
    private boolean over;
    /// The switch has ended it.
    private boolean left;
    /// Who waits for what comes of our REFER.
    private Optional<IntConsumer> referring = Optional.empty();
    /// Our offer has gone out in a 200, and the ACK is to bring the answer.
    private boolean offersInAnswer;

    /// @param user who proved that he calls, or whose telephone is called
    SipLeg(SipCalls calls, Profile profile, Optional<GatewayLine> gateway, Optional<UserId> user, ChannelId id, boolean incoming) {
        this.calls = calls;
        this.user = user;
        this.profile = profile;
        this.gateway = gateway;
        this.id = id;
        this.incoming = incoming;
        this.worker = new LegWorker(calls.time(), "sip-call-" + id.value());
        this.transfer = new LegTransfer(calls, this);
    }

    // How it begins.

    /// A call that came in.
    void admitted(CallId name, ChannelRef ref, SipRequest invite, Hop from) {
        goesTo(from);
        call = Optional.of(name);
        channel = Optional.of(ref);
        offersInAnswer = !invite.hasSdp();
        reliable = invite.headers().words("Require").contains("100rel")
                || profile.config().reliable() && invite.headers().words("Supported").contains("100rel");
        peer = invite.envelope().from().uri().toString();
        know(invite.envelope().callId());
        worker.start();
    }

    /// A call that the switch makes; in the channel's thread.
    void begin(ChannelRef ref, OutgoingLeg how) {
        channel = Optional.of(ref);
        caller = how.caller();
        worker.start();
        gateway.ifPresent(line -> line.count(false, false));
        calls.count(SipCallCounter.CALLS_OUT);
        gateway.ifPresentOrElse(line -> findBy(line, how), () -> how.find(this));
    }

    private void findBy(GatewayLine line, OutgoingLeg how) {
        boolean taken = work(() -> refusal(line).ifPresentOrElse(this::fail, () -> how.find(this)));
        if (!taken) {
            fail(Cause.SWITCH_CONGESTION);
        }
    }

    /// Why the gateway may not be used now. In the leg's thread.
    private Optional<Cause> refusal(GatewayLine line) {
        Optional<String> user = caller.flatMap(calls::user);
        Optional<GatewayCalls.Refusal> refusal = calls.gateways().take(share, line.config(), user, calls.time().nanoTime());
        refusal.ifPresent(why -> log.warn("channel {}: no call over gateway {} for {}: {}", id.value(), line.config().name(), user.orElse("nobody"), why));
        return refusal.map(why -> switch (why) {
            case GATEWAY_CALLS, GATEWAY_RATE -> {
                calls.count(SipCallCounter.GATEWAY_LIMITED);
                yield Cause.NORMAL_CIRCUIT_CONGESTION;
            }
            case USER_CALLS, USER_RATE -> {
                calls.count(SipCallCounter.USER_LIMITED);
                yield Cause.CALL_REJECTED;
            }
            case OVER -> Cause.ORIGINATOR_CANCEL;
        });
    }

    /// Where it goes is known.
    void invite(OutgoingLeg how) {
        boolean taken = run((nowNanos, agent, out) -> {
            if (left) {
                worker.close(); // the switch has given up meanwhile
                return;
            }
            OutgoingInvite invite = how.invite();
            goesTo(invite.hop());
            CallId name = agent.newCall();
            call = Optional.of(name);
            outgoing = Optional.of(how);
            calls.calls(profile).add(name, this);
            agent.call(nowNanos, name, invite, out);
        });
        if (!taken) {
            fail(Cause.NORMAL_TEMPORARY_FAILURE); // the profile has been closed
        }
    }

    /// It cannot even be tried.
    void fail(Cause cause) {
        gateway.ifPresent(line -> line.count(false, true));
        channel.ifPresent(ref -> ref.hangup(cause, true));
        worker.close();
    }

    private void goesTo(Hop hop) {
        place = hop.toString();
        where = Optional.of(hop.remote().getAddress());
    }

    private void know(String callId) {
        if (dialog.isEmpty()) {
            dialog = callId;
            calls.remember(callId, this);
        }
    }

    // What the peer says.

    void onProgress(SipResponse response) {
        know(response.envelope().callId());
        peer = response.envelope().to().uri().toString();
        outgoing.ifPresent(OutgoingLeg::isHeard);
        if (response.hasSdp()) {
            sounds.early(response).ifPresent(sdp -> work(() -> channel.ifPresent(ref -> ref.early(sdp))));
        } else if (!rang && (response.status() == 180 || response.status() == 182 || response.status() == 183)) {
            rang = true;
            channel.ifPresent(ChannelRef::rings);
        }
    }

    void onAnswered(SipResponse response) {
        know(response.envelope().callId());
        peer = response.envelope().to().uri().toString();
        answered = true;
        taken = true;
        SdpText sdp = sounds.answered(response);
        Identity callee = Identity.ofCallee(response);
        work(() -> channel.ifPresent(ref -> {
            AnswerResult result = ref.answer(sdp, callee.name(), callee.number());
            if (result != AnswerResult.ANSWERED) {
                log.info("channel {}: the answer of {} is not taken: {}", id.value(), profile.name(), result);
                ref.hangup(result == AnswerResult.CODEC_ERROR ? Cause.INCOMPATIBLE_DESTINATION : Cause.LOSE_RACE, false);
            }
        }));
    }

    /// The answer to our offer came with a PRACK.
    void onAgreed(Body answer) {
        offersInAnswer = false;
        if (answer.isEmpty()) {
            channel.ifPresent(ref -> ref.hangup(Cause.MANDATORY_IE_MISSING, false)); // RFC 3262 section 5: it had to be there
        } else {
            work(() -> channel.ifPresent(ref -> ref.answer(new SdpText(answer.text()), "", "")));
        }
    }

    void onAcknowledged(Body body) {
        if (!offersInAnswer) {
            return;
        }
        offersInAnswer = false;
        boolean first = !answered;
        answered = true;
        if (body.isEmpty()) {
            channel.ifPresent(ref -> ref.hangup(Cause.MANDATORY_IE_MISSING, false)); // RFC 3261 section 13.2.1: it had to be there
        } else if (first) {
            work(() -> channel.ifPresent(ref -> ref.answer(new SdpText(body.text()), "", "")));
        } else {
            work(() -> ref().ifPresent(ref -> ref.accept(new SdpText(body.text()))));
        }
    }

    void onOffered(Body offer) {
        if (!incoming && !answered) {
            sounds.renegotiated();
        }
        if (offer.isEmpty()) {
            work(() -> {
                Optional<CallRef.Reoffer> ours = ref().flatMap(CallRef::reoffer);
                run((nowNanos, agent, out) -> {
                    offersInAnswer = ours.isPresent();
                    answered = true;
                    call.ifPresent(name -> ours.ifPresentOrElse(
                            made -> agent.answer(nowNanos, name, Body.of(made.offer().value()), out),
                            () -> agent.refuse(nowNanos, name, 488, out)));
                });
            });
            return;
        }
        if (!work(() -> answer(new SdpText(offer.text())))) {
            run((nowNanos, agent, out) -> call.ifPresent(name -> agent.refuse(nowNanos, name, 500, out)));
        }
    }

    /// In the leg's thread.
    private void answer(SdpText offer) {
        CallRef.Update update = ref().map(found -> found.update(offer)).orElse(new CallRef.Update.Failed(AnswerResult.GONE));
        if (update instanceof CallRef.Update.Updated(SdpText ours)) {
            run((nowNanos, agent, out) -> call.ifPresent(name -> agent.answer(nowNanos, name, Body.of(ours.value()), out)));
            boolean holds = taken && profile.config().calls().holds() && PeerOffer.holds(offer);
            if (holds != peerHolds) {
                peerHolds = holds;
                ref().ifPresent(found -> found.hold(holds ? CallRef.HoldWish.HOLD : CallRef.HoldWish.UNHOLD));
            }
        } else {
            run((nowNanos, agent, out) -> call.ifPresent(name -> agent.refuse(nowNanos, name, 488, out)));
        }
    }

    void onSettled(int status, Body answer) {
        if (answer.isEmpty()) {
            log.info("channel {}: its peer refuses what we offer: {}", id.value(), status);
        }
        work(() -> {
            if (!answer.isEmpty()) {
                ref().ifPresent(found -> found.accept(new SdpText(answer.text())));
            }
            offering = false;
            if (offersAgain) {
                offersAgain = false;
                offer();
            }
        });
    }

    /// In the leg's thread. The switch keeps one offer of ours: the next is made when that is answered, of what counts then.
    private void offer() {
        offersAgain = offering;
        if (!offering) {
            ref().flatMap(CallRef::reoffer).ifPresent(ours -> {
                offering = true;
                run((nowNanos, agent, out) -> call.ifPresent(name -> agent.offer(nowNanos, name, Body.of(ours.offer().value()), out)));
            });
        }
    }

    /// Peers say the same as before, or have moved in between; with ICE the path looks after that by itself, and new credentials of ours are not theirs.
    void onRefreshed(Body answer) {
        if (answer.text().contains("a=ice-ufrag:")) {
            return;
        }
        work(() -> ref().ifPresent(found -> found.reoffer().ifPresent(_ -> found.accept(new SdpText(answer.text())))));
    }

    void onTold(SipRequest request) {
        if (request.is(SipMethod.INFO)) {
            InfoDigits.read(request).ifPresentOrElse(
                    pressed -> channel.ifPresent(ref -> ref.dtmf(String.valueOf(pressed.digit()), pressed.durationMillis())),
                    () -> calls.count(SipCallCounter.INFO_UNKNOWN));
        } else if (request.headers().first("Content-Type").orElse("text/plain").startsWith("text/plain")) {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("from", peer);
            fields.put("to", "");
            fields.put("body", request.body().text());
            ref().ifPresent(found -> found.say(new Saying.InCall(new ChatMessage(fields))));
        }
    }

    void onReferOver(int status) {
        referring.ifPresent(told -> told.accept(status));
        referring = Optional.empty();
    }

    void onReferred(ReferId refer, NameAddr to, SipRequest request) {
        transfer.onReferred(refer, to, request);
    }

    void onEnded(CallEnd end) {
        call = Optional.empty();
        if (!left && outgoing.isPresent() && outgoing.get().goesOn(this, end)) {
            return;
        }
        over = true;
        calls.forget(dialog, this);
        if (!left) {
            if (end.kind() == CallEnd.Kind.REFUSED || end.kind() == CallEnd.Kind.TIMEOUT || end.kind() == CallEnd.Kind.UNREACHABLE) {
                gateway.ifPresent(line -> line.count(incoming, true));
            }
            Cause cause = Causes.of(end);
            PeerEnd how = PeerEnd.of(end, cause, answered, profile.config().calls().followsRedirects());
            if (!work(() -> tell(how, cause))) {
                channel.ifPresent(ref -> ref.hangup(cause, true));
            }
        }
        worker.close();
    }

    /// The channel learns how the peer ended the call. In the leg's thread.
    private void tell(PeerEnd how, Cause cause) {
        calls.setAll(id, how.ofLeg());
        caller.ifPresent(who -> {
            calls.setAll(who, how.ofCaller()); // before it hears of the end, and goes on
            how.sentTo().ifPresent(number -> calls.control().sendOn(who, number, "XML", PeerEnd.CONTEXT));
        });
        calls.set(id, "sip_hangup_disposition", how.disposition());
        channel.ifPresent(ref -> ref.hangup(cause, true));
    }

    // What the switch says.

    @Override
    public void rings() {
        run((nowNanos, agent, out) -> call.ifPresent(name -> agent.progress(nowNanos, name, 180, Body.NONE, out)));
    }

    @Override
    public void earlyMedia(SdpText answer, Map<String, String> variables) {
        run((nowNanos, agent, out) -> call.ifPresent(name -> agent.progress(nowNanos, name, 183, Body.of(answer.value()), out)));
    }

    @Override
    public boolean takesEarlyOffer() {
        return reliable;
    }

    @Override
    public void answered(Optional<SdpText> answer, Map<String, String> variables) {
        taken = true;
        Body body = answer.map(sdp -> Body.of(sdp.value())).orElse(Body.NONE);
        run((nowNanos, agent, out) -> {
            answered = !offersInAnswer;
            call.ifPresent(name -> agent.accept(nowNanos, name, body, out));
        });
    }

    @Override
    public void held(boolean held) {
        boolean told = held ? !peerHolds : weHold; // what the peer did itself it knows
        weHold = held && told;
        if (told) {
            work(this::offer);
        }
    }

    @Override
    public void display(DisplayUpdate update) {
        // not told: telephones learn it with the call itself
    }

    @Override
    public Map<String, String> ending(Cause cause, boolean byClient, Supplier<Map<String, String>> variables) {
        if (byClient) {
            return Map.of(); // what the peer did stands there already
        }
        LegEnd how = LegEnd.of(cause, incoming, taken, variables.get());
        leaves = Optional.of(how);
        return how.variables(cause);
    }

    @Override
    public void ended(Cause cause, boolean byClient) {
        calls.gateways().release(share);
        run((nowNanos, agent, out) -> {
            left = true;
            if (over) {
                return;
            }
            if (call.isEmpty()) {
                worker.close();
                return;
            }
            CallId name = call.get();
            transfer.onEnding(nowNanos, agent, name, out);
            LegEnd how = leaves.orElseGet(() -> LegEnd.of(cause, incoming, taken, Map.of()));
            agent.hangUp(nowNanos, name, how.status(), how.phrase(), how.headers(), out);
        });
    }

    @Override
    public void dtmf(char digit) {
        run((nowNanos, agent, out) -> call.ifPresent(
                name -> agent.tell(nowNanos, name, SipMethod.INFO, InfoDigits.headers(), InfoDigits.body(digit), out)));
    }

    @Override
    public boolean said(Saying saying) {
        if (!(saying instanceof Saying.InCall(ChatMessage message))) {
            return false;
        }
        Headers headers = Headers.NONE.with("Content-Type", "text/plain; charset=utf-8");
        Body body = Body.of(message.fields().getOrDefault("body", ""));
        return run((nowNanos, agent, out) -> call.ifPresent(name -> agent.tell(nowNanos, name, SipMethod.MESSAGE, headers, body, out)));
    }

    @Override
    public boolean refer(String address, IntConsumer told) {
        Optional<Uri> whom = Uri.parse(address);
        return taken && whom.isPresent() && run((nowNanos, agent, out) -> call.ifPresentOrElse(name -> {
            referring = Optional.of(told);
            agent.refer(nowNanos, name, Headers.NONE.with("Refer-To", "<" + whom.get() + ">"), out);
        }, () -> told.accept(0)));
    }

    // What its parts use.

    Optional<CallId> call() {
        return call;
    }

    ChannelId id() {
        return id;
    }

    boolean isAnswered() {
        return taken;
    }

    Profile profile() {
        return profile;
    }

    Optional<GatewayLine> gateway() {
        return gateway;
    }

    /// @return the user of the directory at the other end
    Optional<UserId> user() {
        return user;
    }

    /// Where its peer is: transport, address and port.
    String place() {
        return place;
    }

    /// Whether its peer is at that address.
    boolean isAt(Hop from) {
        return where.filter(from.remote().getAddress()::equals).isPresent();
    }

    private Optional<CallRef> ref() {
        return calls.find(id);
    }

    boolean run(Profile.Command command) {
        return profile.run(command);
    }

    /// In the leg's thread.
    boolean work(Runnable task) {
        boolean taken = worker.run(task);
        if (!taken) {
            calls.count(SipCallCounter.TOO_MUCH);
        }
        return taken;
    }
}
