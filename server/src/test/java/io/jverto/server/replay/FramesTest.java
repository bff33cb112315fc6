package io.jverto.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonValue;
import io.jverto.wire.jsonrpc.JsonText;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a replay takes for a difference, so that none is overlooked.
class FramesTest {
    private final Names names = new Names();
    private final Frames frames = new Frames(names);

    @Test
    void findsKeysTheirOrderAndValues() {
        assertThat(differences("{'id':1,'result':{'a':1,'b':'x','c':[1,2],'d':{}}}", "{'id':1,'result':{'b':'y','a':'1','c':[1],'e':null}}"))
                .containsExactly(
                        "result.a is \"1\" instead of 1",
                        "result.b is \"y\" instead of \"x\"",
                        "result.c has 1 items instead of 2",
                        "result.d is missing",
                        "result.e is there as well",
                        "result has its keys in another order");
    }

    @Test
    void aNameStandsForOneValueAndAValueForOneName() {
        assertThat(differences("{'a':'$s1','b':'$s1','c':'$_'}", "{'a':'x','b':'x','c':'x'}")).isEmpty();
        assertThat(differences("{'a':'$s1'}", "{'a':'y'}")).containsExactly("a is another than before");
        assertThat(differences("{'a':'$s2'}", "{'a':'x'}")).containsExactly("a is another than before");
    }

    @Test
    void aNameHasFormsAndStandsInTexts() {
        assertThat(differences("{'id':'$m1','row':'$m1of4','text':'kick $m1!'}", "{'id':'7','row':'0007','text':'kick 7!'}")).isEmpty();
        assertThat(names.filled(json("{'id':'$m1asNumber'}"))).contains(json("{'id':7}"));
        assertThat(names.filled(json("{'id':'$m2'}"))).isEmpty();
        assertThat(differences("{'row':'$m1of4'}", "{'row':'0008'}")).containsExactly("row is another than before");
    }

    @Test
    void readsTheStatusWithinARow() {
        assertThat(differences("{'row':'{\\'talking\\':true}'}", "{'row':'{\\'talking\\':false}'}"))
                .containsExactly("row.talking is false instead of true");
    }

    @Test
    void tellsMessagesApartByWhatTheyAreAbout() {
        JsonValue bye = json("{'id':1,'method':'verto.bye','params':{'callID':'c','causeCode':16}}");

        assertThat(frames.sameMessage(bye, json("{'id':9,'method':'verto.bye','params':{'callID':'c','causeCode':17}}"))).isTrue();
        assertThat(frames.sameMessage(bye, json("{'id':9,'method':'verto.bye','params':{'callID':'d','causeCode':16}}"))).isFalse();
        assertThat(frames.sameMessage(json("{'id':1,'result':{}}"), json("{'id':1,'error':{}}"))).isTrue();
        assertThat(frames.sameMessage(json("{'id':1,'result':{}}"), json("{'id':'1','result':{}}"))).isFalse();
    }

    @Test
    void comparesSessionDescriptionsWithoutWhatChangesFromCallToCall() {
        String recorded = "v=0\r\no=- 1 2 IN IP4 192.0.2.1\r\nm=audio 50000 UDP/TLS/RTP/SAVPF 111\r\na=sendrecv\r\na=ice-ufrag:abcd\r\n";

        assertThat(SdpSkeleton.differences(recorded, recorded.replace("50000", "16384").replace("abcd", "efgh").replace("1 2", "3 4"))).isEmpty();
        assertThat(SdpSkeleton.differences(recorded, recorded.replace("50000", "0").replace("a=sendrecv", "a=mid:0")))
                .containsExactly(
                        "audio lacks m=audio * UDP/TLS/RTP/SAVPF 111",
                        "audio lacks a=sendrecv",
                        "audio also has m=audio 0 UDP/TLS/RTP/SAVPF 111",
                        "audio also has a=mid:0");
    }

    @Test
    void countsSerialNumbers() {
        FrameRules rules = new FrameRules();

        assertThat(rules.broken(event(1, 0, 5))).isEmpty();
        assertThat(rules.broken(event(2, 1, 6))).isEmpty();
        assertThat(rules.broken(event(3, 3, 7))).containsExactly("params.eventSerno is 3 after 1");
        assertThat(rules.broken(event(4, 4, 9))).containsExactly("params.data.wireSerno is 9 after 7");
        assertThat(rules.broken(event(4, 5, 10))).containsExactly("id is 1000000004 after 1000000004");
    }

    @Test
    void knowsTheShapeOfEveryFrame() {
        FrameRules rules = new FrameRules();

        assertThat(rules.broken(json("{'jsonrpc':'2.0','id':1,'result':{'message':'PONG','sessid':'S'}}"))).isEmpty();
        assertThat(rules.broken(json("{'jsonrpc':'2.0','error':{'code':-32600},'id':null}"))).isEmpty();
        assertThat(rules.broken(json("{'jsonrpc':'2.0','id':1,'result':{'sessid':'S','result':{}}}")))
                .containsExactly("result.sessid is not the last", "result holds a result");
        assertThat(rules.broken(json("{'id':1,'jsonrpc':'2.0','result':7}")))
                .containsExactly("has the keys [id, jsonrpc, result]", "neither result nor error is an object");
        assertThat(rules.broken(json("{'jsonrpc':'2.0','id':5,'method':'verto.bye','params':{'cause':null,'callID':'c'}}")))
                .containsExactly("id is 5 after 1000000000", "params.callID is not the first", "params has a null");
    }

    private static JsonValue event(int id, int eventSerno, int wireSerno) {
        return json("{'jsonrpc':'2.0','id':" + (1_000_000_000 + id) + ",'method':'verto.event','params':{'data':"
                + "{'action':'modify','name':'3000','wireSerno':" + wireSerno + "},'eventSerno':" + eventSerno + ",'subscribedChannel':'c'}}");
    }

    private List<String> differences(String recorded, String ours) {
        return frames.differences(json(recorded), json(ours));
    }

    /// Single quotes are easier to read in Java.
    private static JsonValue json(String text) {
        return JsonText.parse(text.replace("\\'", "\\\"").replace('\'', '"')).orElseThrow(() -> new AssertionError(text));
    }
}
