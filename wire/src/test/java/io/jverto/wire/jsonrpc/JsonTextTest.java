package io.jverto.wire.jsonrpc;

import io.jverto.base.json.JsonValue;
import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    @Test
    void keepsNumbersAsWrittenAndKeysInOrder() {
        String text = "{\"b\":1.50,\"a\":[-0,1e400,12345678901234567890],\"c\":{\"z\":null,\"y\":true}}";

        assertThat(JsonText.parse(text).map(JsonText::write)).contains(text);
    }

    @Test
    void looksKeysUpInAnyLetterCaseAndTheFirstWins() {
        JsonObject object = JsonText.parse("{\"CallID\":\"first\",\"callID\":\"second\",\"callID\":\"third\"}")
                .flatMap(JsonValue::asObject)
                .orElseThrow();

        assertThat(object.string("callID")).contains("first");
    }

    @Test
    void aValueOfAnotherTypeCountsAsMissing() {
        JsonObject object = JsonText.parse("{\"login\":1001}").flatMap(JsonValue::asObject).orElseThrow();

        assertThat(object.string("login")).isEmpty();
    }

    @Test
    void s3RefusesWhatBreaksALimit() {
        assertThat(JsonText.parse("[".repeat(10_000))).isEmpty();
        assertThat(JsonText.parse("[".repeat(65) + "]".repeat(65))).isEmpty();
        assertThat(JsonText.parse("[".repeat(64) + "]".repeat(64))).isPresent();
        assertThat(JsonText.parse("9".repeat(101))).isEmpty();
        assertThat(JsonText.parse("\"" + "x".repeat(JsonText.MAX_LENGTH) + "\"")).isEmpty();
        assertThat(JsonText.parse(keys(JsonText.MAX_KEYS))).isPresent();
        assertThat(JsonText.parse(keys(JsonText.MAX_KEYS + 1))).isEmpty();
        assertThat(JsonText.parse("[" + "1,".repeat(250_000) + "1]")).isEmpty();
    }

    @Test
    void ignoresAByteOrderMarkAndWhatStandsBehindTheValue() {
        assertThat(JsonText.parse("\uFEFF{\"a\":1} and more")).isPresent();
        assertThat(JsonText.parse("")).isEmpty();
        assertThat(JsonText.parse("#SPU 16")).isEmpty();
    }

    @Test
    void aQuotedStringIsTheSameAsAWrittenOne() {
        for (String text : new String[] {"", "demo.load", "~ !", "a\"b", "a\\b", "\u0000\n", "\u007f\u00e9\ud83d\ude00"}) {
            assertThat(JsonText.quoted(text)).isEqualTo(JsonText.write(new JsonString(text)));
        }
    }

    private static String keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
    }
}
