package io.jverto.switchboard.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigProblem;
import io.jverto.switchboard.edge.Config;
import io.jverto.switchboard.port.UserId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectoryTest {
    private static final String XML = """
            <section name="directory">
              <domain name="Example.org">
                <params><param name="dial-string" value="of-domain"/><param name="password" value="of-domain"/></params>
                <variables><variable name="toll_allow" value="none"/><variable name="color" value="of-domain"/></variables>
                <groups>
                  <group name="sales">
                    <params><param name="Password" value="of-group"/></params>
                    <variables><variable name="color" value="of-group"/></variables>
                    <users>
                      <user id="1001" number-alias="77">
                        <params><param name="PASSWORD" value="secret"/></params>
                        <variables><variable name="user_context" value="default"/></variables>
                      </user>
                      <user id="1002" type="pointer"/>
                    </users>
                  </group>
                </groups>
                <users><user id="1002"/><user id="1001"><params><param name="password" value="second"/></params></user></users>
                <user id="1003"/>
              </domain>
            </section>
            """;

    private final List<ConfigProblem> problems = new ArrayList<>();

    @Test
    void theNearestDefinitionWins() {
        DirectoryUser user = read(XML).find(new UserId("1001", "example.org")).orElseThrow();

        assertThat(user.param("password")).contains("secret");
        assertThat(user.param("dial-string")).contains("of-domain");
        assertThat(user.variable("color")).contains("of-group");
        assertThat(user.variable("toll_allow")).contains("none");
        assertThat(user.variable("USER_CONTEXT")).contains("default");
        assertThat(user.variable("absent")).isEmpty();
    }

    @Test
    void usersOutsideGroupsInheritFromTheDomainAlone() {
        Directory directory = read(XML);

        assertThat(directory.find(new UserId("1002", "example.org")).orElseThrow().variable("color")).contains("of-domain");
        assertThat(directory.find(new UserId("1003", "EXAMPLE.ORG"))).isPresent();
        assertThat(directory.size()).isEqualTo(3);
    }

    @Test
    void namesAreFoundInAnyLetterCaseAndByAlias() {
        Directory directory = read(XML);

        assertThat(directory.find(new UserId("77", "EXAMPLE.org")).orElseThrow().id()).isEqualTo(new UserId("1001", "Example.org"));
        assertThat(directory.hasDomain("example.ORG")).isTrue();
        assertThat(directory.defaultDomain()).contains("Example.org");
        assertThat(directory.find(new UserId("1001", "other"))).isEmpty();
        assertThat(directory.find(new UserId("9", "example.org"))).isEmpty();
    }

    @Test
    void whatCannotBeUsedIsReportedWithItsLine() {
        read("""
                <section name="directory">
                  <domain/>
                  <domain name="a"><users>
                    <user/>
                    <user id="1"><params><param value="x"/></params></user>
                    <user id="1"/>
                  </users></domain>
                  <domain name="A"/>
                  <include/>
                </section>
                """);

        assertThat(problems).extracting(problem -> problem.origin().line()).containsExactly(2, 4, 5, 6, 8, 9);
    }

    @Test
    void aUserIsPrintedWithoutHisPassword() {
        assertThat(read(XML).find(new UserId("1001", "example.org")).orElseThrow().toString()).doesNotContain("secret");
    }

    @Test
    void theEmptyDirectoryKnowsNobody() {
        assertThat(Directory.EMPTY.defaultDomain()).isEmpty();
        assertThat(Directory.EMPTY.find(new UserId("1", "a"))).isEmpty();
    }

    private Directory read(String xml) {
        return Directory.read(Config.xml(xml), problems::add);
    }
}
