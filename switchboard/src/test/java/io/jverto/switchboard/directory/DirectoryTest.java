package io.jverto.switchboard.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigProblem;
import io.jverto.switchboard.edge.Config;
import io.jverto.switchboard.port.UserId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    @Test
    void usersOfASourceStandBehindThoseOfTheConfiguration() {
        TestSource source = new TestSource("example.org", "");
        source.add("1001", "", Map.of("password", "of-source"));
        source.add("2000", "", Map.of("password", "of-source"));
        Directory directory = read(XML).with(source);

        assertThat(directory.find(new UserId("1001", "example.org")).orElseThrow().param("password")).contains("secret");
        assertThat(directory.find(new UserId("77", "example.org")).orElseThrow().id().user()).isEqualTo("1001");
        DirectoryUser further = directory.find(new UserId("2000", "EXAMPLE.ORG")).orElseThrow();
        assertThat(further.id()).as("the domain as the configuration writes it").isEqualTo(new UserId("2000", "Example.org"));
        assertThat(further.param("password")).contains("of-source");
        assertThat(directory.users("example.org")).extracting(UserId::user).containsExactly("1001", "1002", "1003", "2000");
    }

    @Test
    void aUserOfASourceInheritsFromGroupAndDomainWhereverTheyAreDescribed() {
        TestSource source = new TestSource("example.org", "Sales");
        source.ofGroup = new Settings(Map.of("of-source-group", "1"), Map.of());
        source.ofDomain = new Settings(Map.of("dial-string", "of-source-domain", "of-source-domain", "1"), Map.of("toll_allow", "of-source-domain"));
        source.add("2000", "sales", Map.of());
        DirectoryUser user = read(XML).with(source).find(new UserId("2000", "example.org")).orElseThrow();

        assertThat(user.param("of-source-group")).contains("1");
        assertThat(user.param("password")).contains("of-group");
        assertThat(user.variable("color")).contains("of-group");
        assertThat(user.param("dial-string")).contains("of-source-domain");
        assertThat(user.variable("toll_allow")).contains("of-source-domain");
        Directory both = read(XML).with(source);
        assertThat(both.ofDomain("EXAMPLE.org").orElseThrow().params()).containsEntry("dial-string", "of-source-domain");
        assertThat(read(XML).with(new TestSource("other.org", "")).ofDomain("example.org").orElseThrow().params())
                .isEqualTo(read(XML).ofDomain("example.org").orElseThrow().params());
        assertThat(both.ofDomain("nowhere")).isEmpty();
    }

    @Test
    void groupsHaveTheirPointersAndTheMembersOfTheSource() {
        TestSource source = new TestSource("example.org", "sales");
        source.add("2000", "sales", Map.of());
        Directory directory = read(XML).with(source);

        assertThat(directory.group("SALES", "example.org")).extracting(user -> user.id().user()).containsExactly("1001", "1002", "2000");
        assertThat(directory.group("nobody", "example.org")).isEmpty();
        assertThat(directory.group("sales", "elsewhere")).isEmpty();
        assertThat(directory.groupOf(new UserId("1001", "example.org"))).isEqualTo("sales");
        assertThat(directory.groupOf(new UserId("2000", "example.org"))).isEqualTo("sales");
        assertThat(directory.groupOf(new UserId("1003", "example.org"))).isEmpty();
    }

    @Test
    void domainsOfASourceExist() {
        Directory directory = read(XML).with(new TestSource("Other.org", ""));

        assertThat(directory.hasDomain("other.ORG")).isTrue();
        assertThat(directory.domains()).containsExactly("Example.org", "Other.org");
        assertThat(directory.defaultDomain()).contains("Example.org");
        assertThat(Directory.EMPTY.with(new TestSource("Other.org", "")).defaultDomain()).contains("Other.org");
    }

    @Test
    void aHashThatCannotBeCheckedIsAnErrorAndNotShown() {
        read("""
                <section name="directory"><domain name="a"><users>
                  <user id="1"><params><param name="password-hash" value="in-the-clear"/></params></user>
                </users></domain></section>
                """);

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.origin().line()).isEqualTo(2);
            assertThat(problem.message()).contains("password-hash").doesNotContain("in-the-clear");
        });
    }

    /// One domain in memory.
    private static final class TestSource implements DirectorySource {
        private final String domain;
        private final String group;
        private final Map<String, SourceUser> all = new LinkedHashMap<>();
        private Settings ofGroup = Settings.NONE;
        private Settings ofDomain = Settings.NONE;

        TestSource(String domain, String group) {
            this.domain = domain;
            this.group = group;
        }

        void add(String user, String ofGroupName, Map<String, String> params) {
            all.put(user, new SourceUser(new UserId(user, domain), ofGroupName, new Settings(params, Map.of()), ofGroup, ofDomain));
        }

        @Override
        public Optional<SourceUser> find(UserId id) {
            return id.domain().equalsIgnoreCase(domain) ? Optional.ofNullable(all.get(id.user())) : Optional.empty();
        }

        @Override
        public boolean hasDomain(String name) {
            return name.equalsIgnoreCase(domain);
        }

        @Override
        public List<String> domains() {
            return List.of(domain);
        }

        @Override
        public List<UserId> users(String name) {
            return hasDomain(name) ? all.values().stream().map(SourceUser::id).toList() : List.of();
        }

        @Override
        public List<UserId> members(String name, String ofGroupName) {
            return ofGroupName.equalsIgnoreCase(group) ? users(name) : List.of();
        }

        @Override
        public Optional<Settings> ofDomain(String name) {
            return hasDomain(name) ? Optional.of(ofDomain) : Optional.empty();
        }

        @Override
        public boolean hasUsers() {
            return !all.isEmpty();
        }
    }

    private Directory read(String xml) {
        return Directory.read(Config.xml(xml), problems::add);
    }
}
