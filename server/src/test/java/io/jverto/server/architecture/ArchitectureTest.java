package io.jverto.server.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/testkit/") && !location.contains("/portkit/"))
            .importPackages("io.jverto");

    private static final String MEDIA = "io.jverto.media.";
    private static final String[] ENGINES = {
        "io.jverto.media..", "io.jverto.wire..", "io.jverto.switchboard..", "io.jverto.conference..", "io.jverto.sip.message..",
        "io.jverto.sip.transaction..", "io.jverto.sip.digest..", "io.jverto.sip.dialog..", "io.jverto.sip.gateway..",
        "io.jverto.sip.registrar..", "io.jverto.sip.subscribe..",
    };

    private static final ImportMap IMPORTS = ImportMap.ofArchitecturePage();

    @Test
    void everyModuleStandsInTheImportMap() {
        List<String> unknown = CLASSES.stream()
                .map(type -> ImportMap.module(type.getPackageName()))
                .distinct()
                .filter(module -> !IMPORTS.modules().contains(module))
                .toList();

        assertThat(unknown).isEmpty();
    }

    @Test
    void everyPackageStandsOnTheMap() throws IOException {
        String page = Files.readString(Path.of("..", "ARCHITECTURE.md"));
        List<String> missing = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .distinct()
                .filter(name -> !name.equals(ImportMap.BASE + ImportMap.module(name)))
                .filter(name -> {
                    Matcher entry = Pattern.compile("(?m)^" + ImportMap.module(name) + "/ .*(\\n .*)*").matcher(page);
                    return !entry.find() || !List.of(entry.group().split("\\W+")).contains(name.substring(name.lastIndexOf('.') + 1));
                })
                .sorted()
                .toList();

        assertThat(missing).isEmpty();
    }

    @Test
    void modulesImportOnlyWhatThePageAllows() {
        classes().should(new ArchCondition<JavaClass>("import only what ARCHITECTURE.md allows") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    String target = dependency.getTargetClass().getBaseComponentType().getPackageName();
                    if (target.startsWith(ImportMap.BASE) && !IMPORTS.allows(type.getPackageName(), target)) {
                        events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                    }
                }
            }
        }).check(CLASSES);
    }

    @Test
    void noPackagesFormARing() {
        slices().matching("io.jverto.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void enginesOfMediaNeverMeetButThatIceSpeaksStun() {
        Set<String> compositions = Set.of("transport", "audio", "studio");
        List<String> meetings = CLASSES.stream()
                .filter(type -> type.getPackageName().startsWith(MEDIA))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> dependency.getTargetClass().getBaseComponentType().getPackageName().startsWith(MEDIA))
                .map(dependency -> List.of(engine(dependency.getOriginClass()), engine(dependency.getTargetClass().getBaseComponentType())))
                .filter(both -> !both.getFirst().equals(both.getLast()) && !both.getLast().equals("plan") && !compositions.contains(both.getFirst()))
                .map(both -> String.join(" meets ", both))
                .distinct()
                .toList();

        assertThat(meetings).containsExactly("ice meets stun");
    }

    private static String engine(JavaClass type) {
        return type.getPackageName().substring(MEDIA.length());
    }

    @Test
    void jsonIsKnownToWireAlone() {
        noClasses().that().resideOutsideOfPackage("io.jverto.wire..")
                .should().dependOnClassesThat().resideInAPackage("tools.jackson..")
                .check(CLASSES);
    }

    @Test
    void nettyIsKnownToVertoAlone() {
        noClasses().that().resideOutsideOfPackage("io.jverto.verto..")
                .should().dependOnClassesThat().resideInAPackage("io.netty..")
                .check(CLASSES);
    }

    @Test
    void enginesReadNoClock() {
        noClasses().that().resideInAnyPackage(ENGINES)
                .should().callMethod(System.class, "nanoTime")
                .orShould().callMethod(System.class, "currentTimeMillis")
                .orShould().callMethod(java.time.Instant.class, "now")
                .orShould().callMethod(java.time.LocalDateTime.class, "now")
                .check(CLASSES);
    }

    @Test
    void enginesTakeNoRandomness() {
        noClasses().that().resideInAnyPackage(ENGINES)
                .should().callMethod(Math.class, "random")
                .orShould().callConstructor(java.util.Random.class)
                .orShould().callConstructor(java.security.SecureRandom.class)
                .orShould().callMethod(java.util.UUID.class, "randomUUID")
                .orShould().callMethod(java.util.concurrent.ThreadLocalRandom.class, "current")
                .check(CLASSES);
    }

    /// Attack S5: ids of sessions and calls, passwords of ICE and the like are secrets.
    @Test
    void s5NothingIsDrawnFromARandomnessThatCanBeGuessed() {
        noClasses().that().resideOutsideOfPackage("io.jverto.bench..")
                .should().callMethod(Math.class, "random")
                .orShould().callConstructor(java.util.Random.class)
                .orShould().callConstructor(java.util.Random.class, long.class)
                .orShould().callConstructor(java.util.SplittableRandom.class)
                .orShould().callConstructor(java.util.SplittableRandom.class, long.class)
                .orShould().callMethod(java.util.concurrent.ThreadLocalRandom.class, "current")
                .orShould().dependOnClassesThat().belongToAnyOf(java.util.random.RandomGeneratorFactory.class)
                .check(CLASSES);
    }

    @Test
    void enginesStartNoThread() {
        noClasses().that().resideInAnyPackage(ENGINES)
                .should().callMethod(Thread.class, "start")
                .orShould().callMethod(Thread.class, "ofVirtual")
                .orShould().callMethod(Thread.class, "ofPlatform")
                .orShould().callMethod(Thread.class, "startVirtualThread", Runnable.class)
                .orShould().dependOnClassesThat().belongToAnyOf(java.util.concurrent.Executors.class)
                .check(CLASSES);
    }

    @Test
    void enginesOpenNoSocket() {
        noClasses().that().resideInAnyPackage(ENGINES)
                .should().dependOnClassesThat().belongToAnyOf(
                        java.net.Socket.class,
                        java.net.ServerSocket.class,
                        java.net.DatagramSocket.class,
                        java.nio.channels.DatagramChannel.class,
                        java.nio.channels.SocketChannel.class)
                .check(CLASSES);
    }

    @Test
    void enginesOfMediaWriteNoLog() {
        noClasses().that().resideInAPackage("io.jverto.media..")
                .and().resideOutsideOfPackages("io.jverto.media.transport..", "io.jverto.media.audio..")
                // Says once, at the start, which Opus library it found.
                .and().haveNameNotMatching("io\\.jverto\\.media\\.codec\\.AudioCodecs.*")
                .should().dependOnClassesThat().resideInAPackage("org.slf4j..")
                .check(CLASSES);
    }

    @Test
    void mediaThrowsForOurOwnBugsOnly() {
        noClasses().that().resideInAPackage("io.jverto.media..")
                .should().callConstructor(RuntimeException.class, String.class)
                .orShould().callConstructor(IllegalStateException.class, String.class)
                .check(CLASSES);
    }
}
