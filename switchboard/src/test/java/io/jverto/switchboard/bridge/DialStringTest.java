package io.jverto.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.dialplan.Text;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The grammar of dial strings, and what cannot be made of a value.
class DialStringTest {
    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '"', value = {
        "user/1 ! user/1",
        "user/1,user/2 ! user/1 + user/2",
        "user/1|user/2 ! user/1 then user/2",
        "user/1,user/2|user/3,user/4 ! user/1 + user/2 then user/3 + user/4",
        "user/1:_:user/2 ! user/1 beside user/2",
        "user/1|user/2:_:user/3 ! user/1 then user/2 beside user/3",
        "{a=1}user/1:_:{a=2}user/2,user/3 ! user/1{a=1} beside user/2{a=2} + user/3{a=2}",
        "<a=1>user/1:_:user/2 ! user/1{a=1} beside user/2{a=1}",
        "<a=1>{a=2}user/1:_:user/2 ! user/1{a=2} beside user/2{a=1}",
        "<a=1><b=2>{c=3}{d=4}[e=5][f=6]user/1 ! user/1{a=1 b=2 c=3 d=4 e=5 f=6}",
        "{a=1}{a=2}user/1 ! user/1{a=2}",
        "{a=1,b=2}user/1 ! user/1{a=1 b=2}",
        "{^^:a=1:b=2}user/1 ! user/1{a=1 b=2}",
        "{^^:a=1,2:b=3}user/1 ! user/1{a=1,2 b=3}",
        "[^^;a=1;b=2]user/1,user/2 ! user/1{a=1 b=2} + user/2",
        "<^^/a=1/b=2>user/1 ! user/1{a=1 b=2}",
        "{a=1\\,2,b=3}user/1 ! user/1{a=1,2 b=3}",
        "{a='1,2',b=3}user/1 ! user/1{a=1,2 b=3}",
        "{^^:a=1\\:2:b=3}user/1 ! user/1{a=1:2 b=3}",
        "{a='x}y',b=3}user/1 ! user/1{a=x}y b=3}",
        "{a=x\\}y}user/1 ! user/1{a=x}y}",
        "{name=O'Brien}user/1 ! user/1{name=O'Brien}",
        "{a=O'Brien,b=2}user/1 ! user/1{a=O'Brien b=2}",
        "{a=b=c}user/1 ! user/1{a=b=c}",
        "{a={x},b=2}user/1 ! user/1{a={x} b=2}",
        "{a=1}[a=2]user/1 ! user/1{a=1}",
        "{a=1,local_var_clobber=true}[a=2]user/1 ! user/1{a=2 local_var_clobber=true}",
        "{ a = 1 , b = 2 } user/1 , user/2 ! user/1{a=1 b=2} + user/2{a=1 b=2}",
        "user/1,,user/2| |user/3 ! user/1 + user/2 then user/3",
        "user/1:_: :_:user/2 ! user/1 beside user/2",
        "{a=1}user/1,{b=2}user/2 ! user/1{a=1} + {b=2}user/2{a=1}",
        "{=1,b,c=3}user/1 ! user/1{c=3}",
        "sofia/gateway/itsp/1 ! sofia/gateway/itsp/1",
        "{a=1 ! {a=1",
        "{a=1} ! ''",
        ",|:_: ! ''",
        "'' ! ''",
    })
    void isReadAsWritten(String text, String expected) {
        assertThat(shown(DialString.parse(Text.syntax(text.equals("''") ? "" : text)))).isEqualTo(expected.equals("''") ? "" : expected);
    }

    /// security.md S12: what a caller chose stands for itself wherever a configuration puts it.
    @ParameterizedTest
    @ValueSource(strings = {
        "x,user/2", "x|user/2", "x:_:user/2", "x},user/2", "x}{b=2}user/2", "x]user/2", "x>user/2", "[b=2]", "{b=2}", "<b=2>", "^^:b=2", "x,b=2", "x:b=2",
        "x'", "'", "x\\", "\\,b=2", "${b}", "x\nb=2", ",b=2}error/USER_BUSY|[", "x,local_var_clobber=true",
    })
    void s12AValueCreatesNeitherLegsNorVariables(String evil) {
        for (String template : new String[] {"{a=@}user/1", "[a=@]user/1", "<a=@>user/1", "{^^:a=@:c=3}user/1", "{a=@,c=3}user/1", "{a='@'}user/1"}) {
            int at = template.indexOf('@');
            Text source = Text.join(Text.join(Text.syntax(template.substring(0, at)), Text.data(evil)), Text.syntax(template.substring(at + 1)));

            DialString parsed = DialString.parse(source);

            assertThat(parsed.parts()).as(template).hasSize(1);
            DialString.Part part = parsed.parts().getFirst();
            assertThat(part.groups()).as(template).hasSize(1);
            assertThat(part.groups().getFirst()).as(template).hasSize(1);
            DialString.Leg leg = part.groups().getFirst().getFirst();
            assertThat(leg.target().toString()).isEqualTo("user/1");
            assertThat(parsed.of(part, leg)).as(template).containsOnlyKeys(template.contains("c=3") ? List.of("a", "c") : List.of("a"));
            assertThat(parsed.of(part, leg).get("a").toString()).as(template).isEqualTo(evil.trim());
        }
        Text dialled = Text.join(Text.syntax("user/"), Text.data(evil));
        assertThat(shown(DialString.parse(dialled))).isEqualTo(dialled.trim().toString());
    }

    @Test
    void aSeparatorIsNotWhatACallerChose() {
        Text source = Text.join(Text.join(Text.syntax("{^^"), Text.data(";")), Text.syntax("a=1;b=2}user/1"));

        assertThat(shown(DialString.parse(source))).isEqualTo("user/1{^^;a=1;b=2}");
    }

    @Test
    void hasAtMost128Legs() {
        String many = "user/1" + ",user/1".repeat(200) + "|user/2:_:user/3";

        List<DialString.Part> parts = DialString.parse(Text.syntax(many)).parts();

        assertThat(parts).hasSize(1);
        assertThat(parts.getFirst().groups()).hasSize(1).first().satisfies(group -> assertThat(group).hasSize(128));
    }

    @Test
    void aCheckNamesABracketThatIsNotClosed() {
        assertThat(DialStringCheck.unsupported("{a=b user/1000")).containsExactly("'{' is not closed or out of place, so nobody is called by {a=b user/1000");
        assertThat(DialStringCheck.unsupported("user/1000,[x=y user/1001")).containsExactly("'[' is not closed or out of place, so nobody is called by [x=y user/1001");
        assertThat(DialStringCheck.unsupported("<e=f>{a=b}[c=d]user/1000,user/1001:_:${contact}")).isEmpty();
    }

    private static String shown(DialString dialString) {
        return dialString.parts().stream().map(part -> part.groups().stream()
                .map(group -> group.stream().map(leg -> leg.target() + shown(dialString, part, leg)).collect(Collectors.joining(" + ")))
                .collect(Collectors.joining(" then "))).collect(Collectors.joining(" beside "));
    }

    private static String shown(DialString dialString, DialString.Part part, DialString.Leg leg) {
        String variables = dialString.of(part, leg).entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue()).collect(Collectors.joining(" "));
        return variables.isEmpty() ? "" : "{" + variables + "}";
    }
}
