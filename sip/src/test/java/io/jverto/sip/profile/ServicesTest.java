package io.jverto.sip.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.sip.message.Body;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.registrar.RegistrarCounter;
import io.jverto.sip.transaction.Hop;
import io.jverto.switchboard.event.EventName;
import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.UserId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServicesTest {
    private static final HostPort DOMAIN = new HostPort(TestPhone.DOMAIN, 0);
    private static final UserId ANNA = new UserId("1000", TestPhone.DOMAIN);

    private static SipRequest message(TestPhone phone, String to, String text) {
        return phone.request(SipMethod.MESSAGE, SipUri.of(to, DOMAIN), to, Headers.NONE.and("Content-Type", "text/plain"), Body.of(text));
    }

    private static SipRequest subscribe(TestPhone phone, String event, String whom, int expires) {
        return phone.request(SipMethod.SUBSCRIBE, SipUri.of(whom, DOMAIN), whom,
                Headers.NONE.and("Event", event).and("Expires", Integer.toString(expires)).and("Contact", phone.contact()), Body.NONE);
    }

    @Test
    void aMessageOfATelephoneGoesToTheUserItNamesFromWhoeverHasProvenWhoHeIs() {
        try (TestWorld world = TestWorld.open()) {
            TestPhone phone = world.phone("1000", 1);
            assertThat(phone.proven(message(phone, "1001", "hello"))).isEqualTo(202);

            assertThat(world.messages).singleElement().satisfies(sent -> assertThat(sent.fields())
                    .containsEntry("from", "1000@pbx.test").containsEntry("to", "1001@pbx.test").containsEntry("body", "hello"));
        }
    }

    @Test
    void s28AMessageUnderAnotherUsersNameIsRefused() {
        try (TestWorld world = TestWorld.open()) {
            TestPhone thief = world.phone("1001", 1);
            SipRequest forged = message(thief, "1002", "I am Anna");
            SipRequest asAnna = new SipRequest(forged.method(), forged.uri(), new io.jverto.sip.message.Envelope(forged.envelope().vias(),
                    io.jverto.sip.message.NameAddr.of(SipUri.of("1000", DOMAIN)).withParam("tag", "x"), forged.envelope().to(), forged.envelope().callId(),
                    forged.envelope().cseq()), forged.headers(), forged.body());
            thief.plain(asAnna);
            SipRequest proof = thief.proof(forged);
            SipRequest both = new SipRequest(proof.method(), proof.uri(), new io.jverto.sip.message.Envelope(proof.envelope().vias(),
                    asAnna.envelope().from(), proof.envelope().to(), proof.envelope().callId(), proof.envelope().cseq()), proof.headers(), proof.body());

            assertThat(thief.plain(both)).isEqualTo(403);
            assertThat(world.messages).isEmpty();
        }
    }

    @Test
    void aMessageGoesToAllTelephonesOfAUserAndIsLostWhenNoneTakesIt() {
        try (TestWorld world = TestWorld.open("multiple-registrations", "contact")) {
            TestPhone one = world.phone("1000", 1);
            TestPhone other = world.phone("1000", 2);
            one.register(600);
            other.register(600);
            List<String> lost = new ArrayList<>();
            Map<String, String> fields = new LinkedHashMap<>(Map.of("from", "1001@pbx.test", "to", "1000@pbx.test", "body", "hi"));

            assertThat(world.profiles.send(ANNA, new ChatMessage(fields), () -> lost.add("lost"))).isTrue();
            world.time.settle();
            assertThat(one.taken(SipMethod.MESSAGE)).containsExactly("hi");
            assertThat(other.taken(SipMethod.MESSAGE)).containsExactly("hi");
            assertThat(one.requests.getLast().envelope().from().uri()).hasToString("sip:1001@pbx.test");
            assertThat(lost).isEmpty();

            one.says = 415;
            other.says = 405;
            world.profiles.send(ANNA, new ChatMessage(fields), () -> lost.add("lost"));
            world.time.settle();
            assertThat(lost).containsExactly("lost");
            assertThat(world.profiles.send(new UserId("1002", TestPhone.DOMAIN), new ChatMessage(fields), () -> lost.add("x"))).isFalse();
        }
    }

    @Test
    void aSipClientInABrowserIsReachedOverItsOwnConnection() {
        try (TestWorld world = TestWorld.open()) {
            TestPhone page = new TestPhone(world, "1000", "secret1000", new Hop(SipTransport.WSS, new InetSocketAddress("192.0.2.44", 50_123)));
            page.register("<sip:j4k2@abc.invalid;transport=ws>", 600);
            world.profiles.send(ANNA, new ChatMessage(Map.of("from", "1001@pbx.test", "body", "hi")), () -> { });
            world.time.settle();

            assertThat(page.taken(SipMethod.MESSAGE)).containsExactly("hi");
            assertThat(page.requests.getLast().uri()).hasToString("sip:j4k2@abc.invalid;transport=ws");
            assertThat(page.requests.getLast().envelope().topVia().transport()).isEqualTo("WSS");
        }
    }

    @Test
    void anOwnersTelephoneIsToldOfWaitingMessagesAtOnceAndWhenTheyChange() {
        try (TestWorld world = TestWorld.open()) {
            TestPhone phone = world.phone("1000", 1);
            world.boxes.put("1000@pbx.test", Map.of("MWI-Messages-Waiting", "yes", "MWI-Voice-Message", "2/1 (0/0)"));

            assertThat(phone.proven(subscribe(phone, "message-summary", "1000", 600))).isEqualTo(200);
            assertThat(phone.taken(SipMethod.NOTIFY)).containsExactly(
                    "Messages-Waiting: yes\r\nMessage-Account: sip:1000@pbx.test\r\nVoice-Message: 2/1 (0/0)\r\n");
            assertThat(phone.requests.getLast().headers().first("Subscription-State")).hasValue("active;expires=600");

            world.core.publish(EventName.MESSAGE_WAITING, () -> Map.of(
                    "MWI-Message-Account", "1000@pbx.test", "MWI-Messages-Waiting", "no", "MWI-Voice-Message", "0/3 (0/0)"));
            world.time.settle();
            assertThat(phone.taken(SipMethod.NOTIFY).getLast()).startsWith("Messages-Waiting: no").contains("0/3 (0/0)");
        }
    }

    @Test
    void s28ANeighboursMailboxIsNobodysBusiness() {
        try (TestWorld world = TestWorld.open()) {
            TestPhone phone = world.phone("1001", 1);
            assertThat(phone.proven(subscribe(phone, "message-summary", "1000", 600))).isEqualTo(403);
            assertThat(phone.proven(subscribe(phone, "presence.winfo", "1000", 600))).isEqualTo(489);
            assertThat(phone.last().headers().first("Allow-Events")).hasValue("dialog, message-summary, presence");
        }
    }

    @Test
    void aLampFollowsTheCallsOfAUser() {
        try (TestWorld world = TestWorld.open()) {
            TestPhone phone = world.phone("1001", 1);
            assertThat(phone.proven(subscribe(phone, "dialog", "1000", 600))).isEqualTo(200);
            call(world, "RINGING");
            call(world, "EARLY");
            call(world, "ACTIVE");
            call(world, "HANGUP");

            List<String> told = phone.taken(SipMethod.NOTIFY);
            assertThat(told).hasSize(4);
            assertThat(told.get(0)).contains("version=\"0\"", "entity=\"sip:1000@pbx.test\"", "<state>terminated</state>");
            assertThat(told.get(1)).contains("version=\"1\"", "<dialog id=\"c1\" direction=\"recipient\"><state>early</state>");
            assertThat(told.get(2)).contains("<state>confirmed</state>");
            assertThat(told.get(3)).contains("version=\"3\"", "<state>terminated</state>");
        }
    }

    private static void call(TestWorld world, String state) {
        world.core.publish(EventName.CHANNEL_CALLSTATE, () -> Map.of(
                "Channel-Presence-ID", "1000@pbx.test", "Unique-ID", "c1", "Call-Direction", "outbound", "Channel-Call-State", state));
        world.time.settle();
    }

    @Test
    void aSubscriptionIsRefreshedWithinItsDialogEndsWhenItsOwnerSaysSoAndWhenItsTimeIsOver() {
        try (TestWorld world = TestWorld.open()) {
            TestPhone phone = world.phone("1001", 1);
            phone.proven(subscribe(phone, "dialog", "1000", 600));
            String tag = phone.last().envelope().to().tag().orElseThrow();
            assertThat(phone.plain(within(phone, tag, 900))).isEqualTo(200);
            assertThat(phone.last().headers().first("Expires")).hasValue("900");

            assertThat(phone.plain(within(phone, tag, 0))).isEqualTo(200);
            assertThat(phone.requests.getLast().headers().first("Subscription-State").orElse("")).startsWith("terminated");
            assertThat(world.profile().services().subscriptions()).isZero();
            assertThat(phone.plain(within(phone, tag, 60))).isEqualTo(481);

            phone.proven(subscribe(phone, "dialog", "1000", 60));
            world.time.advance(Duration.ofSeconds(61));
            assertThat(phone.requests.getLast().headers().first("Subscription-State").orElse("")).startsWith("terminated");
            assertThat(world.profile().services().subscriptions()).isZero();
        }
    }

    private static SipRequest within(TestPhone phone, String tag, int expires) {
        SipRequest request = subscribe(phone, "dialog", "1000", expires);
        return request.withEnvelope(request.envelope().withTo(request.envelope().to().withParam("tag", tag)));
    }

    @Test
    void whoDoesNotKnowOfASubscriptionAnyMoreWatchesNoLonger() {
        try (TestWorld world = TestWorld.open()) {
            TestPhone phone = world.phone("1001", 1);
            phone.proven(subscribe(phone, "dialog", "1000", 600));
            phone.says = 481;
            call(world, "RINGING");

            assertThat(world.profile().services().subscriptions()).isZero();
        }
    }

    @Test
    void s27NobodyHasMoreSubscriptionsThanTheLimit() {
        try (TestWorld world = TestWorld.open()) {
            TestPhone phone = world.phone("1001", 1);
            int accepted = 0;
            for (int i = 0; i < 260; i++) {
                phone.proven(subscribe(phone, "dialog", "1000", 3_600));
                accepted += phone.last().status() == 200 ? 1 : 0;
                world.time.advance(Duration.ofSeconds(1));
            }
            assertThat(accepted).isEqualTo(200);
            assertThat(phone.taken(SipMethod.NOTIFY)).hasSize(200);
            assertThat(world.profile().counts().registrar().get(RegistrarCounter.SUBSCRIPTIONS_FULL)).isEqualTo(60);
        }
    }

    private static SipRequest publish(TestPhone phone, String whom, String state, Headers more) {
        Body body = state.isEmpty() ? Body.NONE : Body.of("<?xml version=\"1.0\"?><presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"sip:x\"><tuple id=\"t\"><status><basic>"
                + state + "</basic></status><note>Lunch &amp; more</note></tuple><p><activities><meal/></activities></p></presence>");
        Headers headers = Headers.NONE.and("Event", "presence").and("Content-Type", "application/pidf+xml").and(more);
        return phone.request(new SipMethod("PUBLISH"), SipUri.of(whom, DOMAIN), whom, headers, body);
    }

    private static String person(TestPhone watcher) {
        return watcher.taken(SipMethod.NOTIFY).getLast();
    }

    @Test
    void whoWatchesSeesWhoCanBeReachedAndWhatHeIsAt() {
        try (TestWorld world = TestWorld.open()) {
            TestPhone anna = world.phone("1000", 1);
            TestPhone watcher = world.phone("1001", 2);
            assertThat(watcher.proven(subscribe(watcher, "presence", "1000", 600))).isEqualTo(200);
            assertThat(person(watcher)).contains("entity=\"sip:1000@pbx.test\"", "<basic>closed</basic>");

            anna.register(600);
            assertThat(person(watcher)).contains("<basic>open</basic>").doesNotContain("<note>");
            call(world, "ACTIVE");
            assertThat(person(watcher)).contains("<note>On The Phone</note>", "<rpid:on-the-phone/>");
            call(world, "HANGUP");
            assertThat(person(watcher)).doesNotContain("On The Phone");

            assertThat(anna.proven(publish(anna, "1000", "closed", Headers.NONE))).isEqualTo(200);
            assertThat(person(watcher)).contains("<basic>closed</basic>", "<note>Lunch &amp; more</note>", "<rpid:meal/>");
            world.time.advance(Duration.ofSeconds(3_601));
            assertThat(person(watcher)).doesNotContain("Lunch");
        }
    }

    @Test
    void aBrowserThatComesAndGoesIsSeenByTelephones() {
        try (TestWorld world = TestWorld.open()) {
            TestPhone watcher = world.phone("1001", 2);
            watcher.proven(subscribe(watcher, "presence", "1000", 600));

            world.browsers.add("1000@pbx.test");
            world.core.custom("verto::login", Map.of("verto_login", "1000@pbx.test"));
            world.time.settle();
            assertThat(person(watcher)).contains("<basic>open</basic>");
            world.browsers.clear();
            world.core.custom("verto::client_disconnect", Map.of("verto_login", "1000@pbx.test"));
            world.time.settle();
            assertThat(person(watcher)).contains("<basic>closed</basic>");
        }
    }

    @Test
    void aPublicationIsRefreshedChangedAndTakenBackByItsTag() {
        try (TestWorld world = TestWorld.open()) {
            TestPhone anna = world.phone("1000", 1);
            anna.proven(publish(anna, "1000", "open", Headers.NONE.and("Expires", "100")));
            String tag = anna.last().headers().first("SIP-ETag").orElseThrow();
            assertThat(anna.proven(publish(anna, "1000", "", Headers.NONE.and("SIP-If-Match", tag).and("Expires", "100")))).isEqualTo(200);
            assertThat(anna.proven(publish(anna, "1000", "", Headers.NONE.and("SIP-If-Match", tag).and("Expires", "100")))).isEqualTo(412);
            String next = anna.responses.stream().filter(one -> one.status() == 200).toList().getLast().headers().first("SIP-ETag").orElseThrow();
            assertThat(anna.proven(publish(anna, "1000", "closed", Headers.NONE.and("SIP-If-Match", next).and("Expires", "0")))).isEqualTo(200);
            assertThat(anna.last().headers().first("Expires")).contains("0");
        }
    }

    @Test
    void aPublicationThatCannotBeIsRefused() {
        try (TestWorld world = TestWorld.open()) {
            TestPhone anna = world.phone("1000", 1);
            assertThat(anna.proven(publish(anna, "1000", "", Headers.NONE))).isEqualTo(400);
            assertThat(anna.proven(publish(anna, "1000", "perhaps", Headers.NONE))).isEqualTo(400);
            assertThat(anna.proven(publish(anna, "1000", "open", Headers.NONE.and("Expires", "5")))).isEqualTo(423);
            SipRequest other = publish(anna, "1000", "open", Headers.NONE);
            assertThat(anna.proven(other.withHeaders(Headers.NONE.and("Event", "dialog")))).isEqualTo(489);
            assertThat(anna.proven(other.withHeaders(Headers.NONE.and("Event", "presence").and("Content-Type", "text/plain")))).isEqualTo(415);
        }
    }

    @Test
    void s28NobodyPublishesForSomebodyElse() {
        try (TestWorld world = TestWorld.open()) {
            TestPhone thief = world.phone("1001", 1);

            assertThat(thief.proven(publish(thief, "1000", "closed", Headers.NONE))).isEqualTo(403);
        }
    }

    @Test
    void s27PublicationsOfAUserAreBounded() {
        try (TestWorld world = TestWorld.open()) {
            TestPhone anna = world.phone("1000", 1);
            int last = 0;
            for (int i = 0; i < 11; i++) {
                last = anna.proven(publish(anna, "1000", "open", Headers.NONE));
            }

            assertThat(last).isEqualTo(403);
        }
    }
}
