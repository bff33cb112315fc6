package io.jverto.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jverto.switchboard.dialplan.Text;

class DialStringFuzz {
    @FuzzTest
    void parses(FuzzedDataProvider input) {
        String text = input.consumeRemainingAsString();

        DialString asWritten = DialString.parse(Text.syntax(text));
        DialString around = DialString.parse(Text.join(Text.syntax("{a=b}x/"), Text.data(text)));

        assertThat(asWritten.parts()).allSatisfy(part -> assertThat(part.groups()).isNotEmpty()
                .allSatisfy(group -> assertThat(group).isNotEmpty().hasSizeLessThanOrEqualTo(DialString.MAX_LEGS)));
        assertThat(around.common().keySet()).containsExactly("a");
        assertThat(around.parts()).hasSize(1);
        assertThat(around.parts().getFirst().groups()).hasSize(1).first().satisfies(group -> assertThat(group).hasSize(1));
    }
}
