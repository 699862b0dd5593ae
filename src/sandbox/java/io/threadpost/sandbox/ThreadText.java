package io.threadpost.sandbox;

/** What a guest wrote: the two texts of a thread, neither null nor empty. */
record ThreadText(String sender, String subject) {
    private static final String[] SENDERS = {
        "John Doe",
        "Zoë Müller",
        "Patrick \"Pat\" O'Brien",
        "Žaneta Nováková",
        "李小龍",
        "María José Núñez",
        "booking@guest.example",
        "Søren Ångström"
    };
    private static final String[] SUBJECTS = {
        "Late check-in",
        "Früher Check-in möglich?",
        "Invoice \\ receipt",
        "Lost property 🧳",
        "Airport transfer",
        "Extra bed, please",
        "Allergies <nuts & gluten>",
        "Parking",
        "Group booking, 24 people"
    };

    /** The text of a generated thread: computed, not stored, and unlike that of every other slot. */
    static ThreadText generated(long seed, int slot) {
        long noise = SplitMix.of(seed, slot);
        return new ThreadText(
                SENDERS[SplitMix.below(noise, SENDERS.length)],
                SUBJECTS[SplitMix.below(noise >>> 8, SUBJECTS.length)] + " #" + slot);
    }
}
