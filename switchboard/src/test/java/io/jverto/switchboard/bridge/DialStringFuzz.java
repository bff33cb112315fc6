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

        assertThat(asWritten.groups()).allSatisfy(group -> assertThat(group).isNotEmpty());
        assertThat(around.variables().keySet()).containsExactly("a");
        assertThat(around.groups()).hasSize(1).first().asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST).hasSize(1);
    }
}
