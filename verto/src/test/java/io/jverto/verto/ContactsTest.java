package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.switchboard.directory.Directory;
import io.jverto.verto.Desk.Client;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// `verto.contacts`: who else is in a domain (verto-extensions.md); attack S10 on it.
class ContactsTest {
    private Desk desk = new Desk(directory(2), Config.param("userauth", "true"), Config.param("jverto-contacts", "true"));

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void everybodyElseOfTheDomainIsThereByNumberAndName() {
        Client bob = desk.connect();
        bob.login("bob@test");
        Client ada = desk.connect();
        ada.login("ada@test");

        assertThat(ada.ask("verto.contacts", "{}")).contains("\"contacts\":["
                + "{\"number\":\"bob\",\"name\":\"Bob Long\",\"online\":true},"
                + "{\"number\":\"2000\",\"online\":false},{\"number\":\"2001\",\"online\":false}]").doesNotContain("\"next\"");
    }

    @Test
    void s10NobodyOfAnotherDomainIsThereNorWhoDoesNotWantToBeSeen() {
        Client ada = desk.connect();
        ada.login("ada@test");

        assertThat(ada.ask("verto.contacts", "{\"domain\":\"other\"}")).doesNotContain("eve").doesNotContain("hidden").contains("bob");
        assertThat(ada.ask("verto.contacts", "{\"after\":\"eve\"}")).contains("\"contacts\":[]");
    }

    @Test
    void manyComeInPages() {
        desk.close();
        desk = new Desk(directory(300), Config.param("userauth", "true"), Config.param("jverto-contacts", "true"));
        Client ada = desk.connect();
        ada.login("ada@test");

        String first = ada.ask("verto.contacts", "{}");
        String next = first.replaceAll(".*\"next\":\"([^\"]*)\".*", "$1");
        String second = ada.ask("verto.contacts", "{\"after\":\"" + next + "\"}");

        assertThat(first).contains("\"2000\"").contains("\"" + next + "\"").doesNotContain("\"2299\"");
        assertThat(second).contains("\"2299\"").doesNotContain("\"next\"").doesNotContain("\"number\":\"" + next + "\"");
    }

    @Test
    void s8ThoseThatAreAskedForTooOftenAreRefused() {
        Client ada = desk.connect();
        ada.login("ada@test");
        for (int i = 0; i < 50; i++) {
            assertThat(ada.ask("verto.contacts", "{}")).contains("contacts");
        }

        assertThat(ada.ask("verto.contacts", "{}")).contains("Too many requests");
    }

    @Test
    void whereTheProfileDoesNotSaySoThereIsNoSuchMethod() {
        desk.close();
        desk = new Desk(directory(2), Config.param("userauth", "true"));
        Client ada = desk.connect();
        ada.login("ada@test");

        assertThat(ada.ask("verto.contacts", "{}")).contains("-32601");
    }

    private static Directory directory(int more) {
        List<ConfigNode> users = new ArrayList<>(List.of(
                user("ada"), user("bob", Config.variable("directory_full_name", "Bob Long")), user("hidden", Config.variable("directory-visible", "false"))));
        for (int i = 0; i < more; i++) {
            users.add(user(String.valueOf(2000 + i)));
        }
        ConfigNode test = Config.node("domain", List.of(Config.node("users", users)), "name", "test");
        ConfigNode other = Config.node("domain", List.of(Config.node("users", List.of(user("eve")))), "name", "other");
        return Directory.read(Config.node("section", List.of(test, other)), problem -> {
            throw new AssertionError(problem.toString());
        });
    }

    private static ConfigNode user(String id, ConfigNode... variables) {
        List<ConfigNode> params = List.of(Config.param("password", "1234"), Config.param("jsonrpc-allowed-methods", "verto"));
        return Config.node("user", List.of(Config.node("params", params), Config.node("variables", List.of(variables))), "id", id);
    }
}
