package io.jverto.switchboard.negotiate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.AudioCodec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecPreferencesTest {
    @Test
    void readsTheFormsThatProfilesUse() {
        CodecPreferences codecs = CodecPreferences.decode(" opus@48000h@2c , PCMU@20i,mod_spandsp.pcma,VP8,G722 ");

        assertThat(codecs.items()).containsExactly(
                new CodecPreference(AudioCodec.OPUS, 48_000, 0, 0, 2),
                new CodecPreference(AudioCodec.PCMU, 0, 20, 0, 0),
                CodecPreference.of(AudioCodec.PCMA),
                CodecPreference.of(AudioCodec.G722));
        assertThat(codecs.exact()).isFalse();
    }

    @Test
    void takesG722ByItsClockAndByItsRate() {
        assertThat(CodecPreferences.decode("G722@8000h,opus").items().getFirst()).isEqualTo(new CodecPreference(AudioCodec.G722, 8_000, 0, 0, 0));
        assertThat(CodecPreferences.decode("mod_spandsp.g722@16000h@20i").items())
                .containsExactly(new CodecPreference(AudioCodec.G722, 16_000, 20, 0, 0));
    }

    @Test
    void readsExactListsBitratesAndFormats() {
        CodecPreferences codecs = CodecPreferences.decode("=opus@64000b~useinbandfec=1");

        assertThat(codecs.exact()).isTrue();
        assertThat(codecs.items()).containsExactly(new CodecPreference(AudioCodec.OPUS, 0, 0, 64_000, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",,,", "=", "@", "vp8", "PCMU@x", "PCMU@16000h", "G722@48000h", "G722@2c", "PCMU@2c", "opus@9c", "opus@44100h",
        "opus@99999999999i", "opus@-1i", "opus@h", "opus@20"})
    void fallsBackToG711WhenNothingCanBeUsed(String text) {
        assertThat(CodecPreferences.decode(text)).hasToString("PCMU,PCMA");
    }

    @Test
    void looksAtFiftyItemsAtMost() {
        assertThat(CodecPreferences.decode("x,".repeat(50) + "opus")).hasToString("PCMU,PCMA");
        assertThat(CodecPreferences.decode("x,".repeat(49) + "opus")).hasToString("opus");
        assertThat(CodecPreferences.decode("opus,".repeat(100_000))).hasToString("opus");
    }

    @Test
    void putsTheOtherLegsCodecFirstUnlessTheListIsExact() {
        assertThat(CodecPreferences.decode("opus,pcmu").preferring(List.of(AudioCodec.PCMA))).hasToString("PCMA,opus,PCMU");
        assertThat(CodecPreferences.decode("opus,pcmu").preferring(List.of(AudioCodec.PCMU))).hasToString("PCMU,opus");
        assertThat(CodecPreferences.decode("opus,pcmu,pcma").preferring(List.of(AudioCodec.PCMA, AudioCodec.PCMU))).hasToString("PCMA,PCMU,opus");
        assertThat(CodecPreferences.decode("opus,pcmu").preferring(List.of())).hasToString("opus,PCMU");
        assertThat(CodecPreferences.decode("=opus,pcmu").preferring(List.of(AudioCodec.PCMU))).hasToString("opus,PCMU");
    }
}
