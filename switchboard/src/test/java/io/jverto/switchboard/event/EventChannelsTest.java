package io.jverto.switchboard.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.switchboard.event.EventHandler.Sender;
import io.jverto.switchboard.port.ChannelId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventChannelsTest {
    private static final Predicate<String> ANY = channel -> true;
    private static final Predicate<String> NONE = channel -> false;
    private static final String CALL = "6369ff7f-9d50-4ca4-9a9b-675bdd38ba8d";
    private static final Sender ADA = new Sender("s-ada", "2101@pbx.test", "Ada");

    private final EventChannels events = new EventChannels();
    private final Listener ada = new Listener();
    private final Listener bob = new Listener();

    @BeforeEach
    void bothAreConnected() {
        events.attach("s-ada", ada);
        events.attach("s-bob", bob);
    }

    @Test
    void sortsTheChannelsAskedForIntoThreeLists() {
        events.subscribe("s-ada", List.of("demo.1"), ANY);

        SubscribeResult result = events.subscribe("s-ada", List.of("FSevent", "demo.1", "demo.2", "demo.2"), channel -> channel.startsWith("demo"));

        assertThat(result).isEqualTo(new SubscribeResult(List.of("demo.2"), List.of("FSevent"), List.of("demo.1", "demo.2")));
        assertThat(events.unsubscribe("s-ada", List.of("demo.2", "demo.3"))).isEqualTo(new UnsubscribeResult(List.of("demo.2"), List.of("demo.3")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s-bob", CALL, "presence.2101@pbx.test", "FSevent", "conference.3000", "conference-info.3000", "handled.x"})
    void whatNobodyVouchesForSpeaksNeitherForTheServerNorToOneClient(String channel) {
        events.claim(new ChannelId(CALL), "s-ada");
        events.handler("handled", (_, _, _) -> { });
        events.subscribe("s-bob", List.of(channel, EventChannels.main(channel)), ANY);

        assertThat(events.relay(new JsonObjectBuilder().put("eventChannel", channel).build())).isFalse();

        assertThat(ada.heard()).isEmpty();
        assertThat(bob.heard()).isEmpty();
    }

    @Test
    void whatIsRelayedReachesWhomABroadcastWouldAndHearersOfTheMainChannelUnlessItWasLocal() {
        events.subscribe("s-ada", List.of("demo"), ANY);
        events.subscribe("s-bob", List.of("demo.1"), ANY);

        events.relay(new JsonObjectBuilder().put("eventChannel", "demo.1").put("sessid", "s-ada").build());
        events.relay(new JsonObjectBuilder().put("eventChannel", "demo.1").put("localBroadcast", true).build());

        assertThat(ada.heard()).hasSize(1);
        assertThat(bob.heard()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        // granted, in the list, allowed
        "false, false, false",
        "true, false, true",
        "false, true, true",
        "true, true, true"
    })
    void s10APermissionBeatsTheList(boolean granted, boolean listed, boolean allowed) {
        if (granted) {
            events.grant("s-ada", "conference-chat.3000@pbx.test");
        }

        assertThat(events.isAllowed("s-ada", "conference-chat.3000@pbx.test", channel -> listed)).isEqualTo(allowed);
        assertThat(events.isAllowed("s-bob", "conference-chat.3000@pbx.test", channel -> listed)).isEqualTo(listed);
        events.revoke("s-ada", "conference-chat.3000@pbx.test");
        assertThat(events.isAllowed("s-ada", "conference-chat.3000@pbx.test", channel -> listed)).isEqualTo(listed);
    }

    @Test
    void nothingIsGrantedToWhoIsNotThereNorKeptAfterTheConnection() {
        events.grant("s-cy", "demo.1");
        events.attach("s-cy", new Listener());
        events.grant("s-ada", "demo.1");
        events.detach("s-ada", ada);
        events.attach("s-ada", ada);

        assertThat(events.isAllowed("s-cy", "demo.1", NONE)).isFalse();
        assertThat(events.isAllowed("s-ada", "demo.1", NONE)).isFalse();
    }

    @Test
    void goesToTheExactChannelThenToTheMainOneEachWithItsOwnSerial() {
        events.subscribe("s-ada", List.of("presence", "presence.2101@pbx.test"), ANY);
        events.subscribe("s-bob", List.of("presence.2102@pbx.test"), ANY);

        events.publish(event("presence.2101@pbx.test"));
        events.publish(event("presence.2102@pbx.test"));

        assertThat(ada.heard()).containsExactly(
                "{'data':{},'eventChannel':'presence.2101@pbx.test','eventSerno':0,'subscribedChannel':'presence.2101@pbx.test'}",
                "{'data':{},'eventChannel':'presence.2101@pbx.test','eventSerno':0,'subscribedChannel':'presence'}",
                "{'data':{},'eventChannel':'presence.2102@pbx.test','eventSerno':1,'subscribedChannel':'presence'}");
        assertThat(bob.heard()).containsExactly(
                "{'data':{},'eventChannel':'presence.2102@pbx.test','eventSerno':0,'subscribedChannel':'presence.2102@pbx.test'}");
    }

    @Test
    void aMiddlePartOfANameIsNoChannelAndLettersAreExact() {
        events.subscribe("s-ada", List.of("a.b", "A"), ANY);

        events.publish(event("a.b.c"));

        assertThat(ada.heard()).isEmpty();
    }

    @Test
    void anEventWithASessionGoesToItAloneWithoutSerial() {
        events.subscribe("s-bob", List.of("demo.1"), ANY);

        events.publish(new JsonObjectBuilder().put("eventChannel", "demo.1").put("sessid", "s-ada").build());
        events.publish(new JsonObjectBuilder().put("eventChannel", "demo.1").put("sessid", "gone").build());

        assertThat(ada.heard()).containsExactly("{'eventChannel':'demo.1','sessid':'s-ada'}");
        assertThat(bob.heard()).isEmpty();
        assertThat(events.counters().get(EventCount.EVENTS_UNADDRESSED)).isEqualTo(1);
    }

    @Test
    void anEventForACallReachesTheSessionThatOwnsIt() {
        events.claim(new ChannelId(CALL), "s-bob");

        events.publish(event(CALL));
        events.publish(new JsonObjectBuilder().put("eventChannel", "x").put("eventChannelSessid", CALL).build());
        events.publish(event("s-ada"));
        events.release(new ChannelId(CALL));
        events.publish(event(CALL));

        assertThat(bob.heard()).containsExactly("{'data':{},'eventChannel':'" + CALL + "'}", "{'eventChannel':'x','eventChannelSessid':'" + CALL + "'}");
        assertThat(ada.heard()).containsExactly("{'data':{},'eventChannel':'s-ada'}");
    }

    @Test
    void theOwnerOfACallMayHearAChannelOfItsName() {
        events.claim(new ChannelId(CALL), "s-bob");

        assertThat(events.isAllowed("s-bob", CALL, NONE)).isTrue();
        assertThat(events.isAllowed("s-ada", CALL, NONE)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"conference-mod.3000@pbx.test", "presence.2101@pbx.test", "demo.secret", "lobby"})
    void s5NoIdThatAClientChoosesOpensOrDivertsAChannel(String chosen) {
        events.handler("conference-mod", (from, channel, params) -> {});
        Listener eve = new Listener();
        events.subscribe("s-ada", List.of("conference-mod.3000@pbx.test", "presence.2101@pbx.test"), ANY);

        events.attach(chosen, eve);
        events.claim(new ChannelId(chosen), chosen);
        events.publish(event("conference-mod.3000@pbx.test"));
        events.publish(event("presence.2101@pbx.test"));

        assertThat(events.isAllowed(chosen, chosen, NONE)).isFalse();
        assertThat(eve.heard()).isEmpty();
        assertThat(ada.heard()).hasSize(2);
    }

    @Test
    void s10GuestsHearOnlyWhatIsPublicUnlessTheyArePermitted() {
        Listener guest = new Listener(true);
        events.attach("s-guest", guest);
        events.subscribe("s-guest", List.of("demo.1"), ANY);
        JsonObject hidden = new JsonObjectBuilder().put("eventChannel", "demo.1").put("contentVisibility", "private").build();
        JsonObject open = new JsonObjectBuilder().put("eventChannel", "demo.1").put("contentVisibility", "public").build();

        events.publish(hidden);
        assertThat(guest.heard()).isEmpty();
        events.publish(open);
        events.grant("s-guest", "demo.1");
        events.publish(hidden);

        assertThat(guest.heard()).hasSize(2);
        assertThat(events.counters().get(EventCount.EVENTS_HIDDEN)).isEqualTo(1);
    }

    @Test
    void aLocalBroadcastReachesExactHearersAndItsSenderSignedByTheServer() {
        events.subscribe("s-ada", List.of("demo.room1"), ANY);
        events.subscribe("s-bob", List.of("demo"), ANY);
        JsonObject params = new JsonObjectBuilder().put("sessid", "forged").put("eventChannel", "demo.room1").put("localBroadcast", true)
                .put("data", new JsonObjectBuilder().put("typing", true).build()).put("USERID", "root").build();

        events.broadcast(ADA, "demo.room1", params, true);

        assertThat(ada.heard()).containsExactly("{'eventChannel':'demo.room1','localBroadcast':true,'data':{'typing':true},'userid':'2101@pbx.test',"
                + "'sessid':'s-ada','fromDisplay':'Ada','eventSerno':0,'subscribedChannel':'demo.room1'}");
        assertThat(bob.heard()).isEmpty();
    }

    @Test
    void anotherBroadcastReachesTheServersHandlerAndNobodyElse() {
        List<String> handled = new ArrayList<>();
        events.handler("demo", (from, channel, params) -> handled.add(from.cookie() + " " + channel + " " + params.string("userid").orElse("")));
        events.subscribe("s-bob", List.of("demo.room1"), ANY);

        events.broadcast(ADA, "demo.room1", event("demo.room1"), false);
        events.broadcast(ADA, "other", event("other"), false);

        assertThat(handled).containsExactly("s-ada demo.room1 2101@pbx.test");
        assertThat(bob.heard()).isEmpty();
        assertThat(events.counters().get(EventCount.BROADCASTS_UNHANDLED)).isEqualTo(1);
    }

    @Test
    void takesTheSubscriptionWithThePermissionAndConfirmsTheClientsOwnUnsubscribeOnce() {
        events.grant("s-ada", "demo.1");
        events.subscribe("s-ada", List.of("demo.1"), NONE);

        events.revoke("s-ada", "demo.1");
        events.publish(event("demo.1"));

        assertThat(ada.heard()).isEmpty();
        assertThat(events.unsubscribe("s-ada", List.of("demo.1")).unsubscribed()).containsExactly("demo.1");
        assertThat(events.unsubscribe("s-ada", List.of("demo.1")).notSubscribed()).containsExactly("demo.1");
    }

    @Test
    void beginsSerialsAnewWhenItIsSubscribedAgain() {
        for (int turn = 0; turn < 2; turn++) {
            events.grant("s-ada", "demo.1");
            events.subscribe("s-ada", List.of("demo.1"), NONE);
            events.publish(event("demo.1"));
            events.revoke("s-ada", "demo.1");
        }

        assertThat(ada.deliveries()).hasSize(2).allSatisfy(delivery ->
                assertThat(delivery).isInstanceOfSatisfying(EventDelivery.Subscribed.class, it -> assertThat(it.serial()).isZero()));
    }

    @Test
    void aLateFarewellOfAnEarlierConnectionTakesNothingFromTheNewOne() {
        Listener again = new Listener();
        events.subscribe("s-ada", List.of("demo.1"), ANY);
        events.attach("s-ada", again);
        events.subscribe("s-ada", List.of("demo.1"), ANY);

        events.detach("s-ada", ada);
        events.publish(event("demo.1"));

        assertThat(ada.heard()).isEmpty();
        assertThat(again.heard()).hasSize(1);
    }

    @Test
    void repliesBeforeTheFirstEventOfASubscription() {
        List<String> order = new ArrayList<>();
        events.attach("s-cy", delivery -> order.add("event"));

        events.subscribe("s-cy", List.of("demo.1"), ANY, result -> order.add("reply"));
        events.publish(event("demo.1"));

        assertThat(order).containsExactly("reply", "event");
    }

    @Test
    void sessionsWithoutClientSubscribeNothing() {
        assertThat(events.subscribe("nobody", List.of("demo"), ANY).unauthorized()).containsExactly("demo");
        assertThat(events.unsubscribe("nobody", List.of("demo")).notSubscribed()).containsExactly("demo");
    }

    @Test
    void s39ASessionHearsSoManyChannelsAndGetsPlaceBackWhenItLeavesSome() {
        List<String> many = IntStream.range(0, Seat.MAX_SUBSCRIPTIONS + 5).mapToObj(i -> "demo." + i).toList();

        SubscribeResult result = events.subscribe("s-ada", many, ANY);

        assertThat(result.subscribed()).hasSize(Seat.MAX_SUBSCRIPTIONS);
        assertThat(result.unauthorized()).hasSize(5);
        assertThat(events.subscribe("s-bob", List.of("x".repeat(2_000)), ANY).unauthorized()).hasSize(1);
        events.revoke("s-ada", "demo.0");
        assertThat(events.subscribe("s-ada", List.of("demo.x"), ANY).subscribed()).hasSize(1);
        events.unsubscribe("s-ada", List.of("demo.x"));
        assertThat(events.subscribe("s-ada", List.of("demo.y"), ANY).subscribed()).hasSize(1);
    }

    @Test
    void makesTheTextOfAnEventOnceForAThousandHearers() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            String cookie = "s-" + i;
            events.attach(cookie, delivery -> delivery.event().text(params -> {
                made.add(cookie);
                return "text";
            }));
            events.subscribe(cookie, List.of("demo.1"), ANY);
        }

        events.publish(event("demo.1"));

        assertThat(made).hasSize(1);
        assertThat(events.counters().get(EventCount.EVENTS_DELIVERED)).isEqualTo(1_000);
    }

    private static JsonObject event(String channel) {
        return new JsonObjectBuilder().put("data", JsonObject.EMPTY).put("eventChannel", channel).build();
    }
}
