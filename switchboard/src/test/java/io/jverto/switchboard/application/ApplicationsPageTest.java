package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `docs/applications.md` is what the applications say of themselves.
class ApplicationsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "applications.md");
    private static final Path MADE = Path.of("target", "applications.md");

    @Test
    void thePageIsWhatTheApplicationsSayOfThemselves() throws IOException {
        Files.writeString(MADE, ApplicationsPage.text());

        assertThat(Files.readString(PAGE)).as("copy switchboard/%s to docs", MADE).isEqualTo(ApplicationsPage.text());
    }

    @Test
    void nothingThatIsThereIsSaidToBeMissing() {
        assertThat(Applications.names()).doesNotContainAnyElementsOf(MissingApplications.WHY.keySet());
    }

    @Test
    void everyApplicationSaysWhatItDoes() {
        assertThat(Applications.all()).allSatisfy(application -> assertThat(application.summary()).as(application.name()).isNotBlank());
    }
}
