#!/bin/sh
# Walks all messages and all their uses. Both languages must have the same ids with the same places,
# and every id in the sources must exist, be plural where it is counted, and get all its places and
# no other. (A time-words message uses {hour} or {next}, whichever its language counts from.)
exec perl - assets/translations/nl.po assets/translations/en.po \
	$(find app -name '*.[ch]' ! -name i18n.h | sort) <<'PERL'
use strict;
use warnings;
my $bad = 0;
sub complain { print "@_\n"; $bad = 1; }

sub slurp {
	open(my $file, '<', $_[0]) or die "$_[0]: $!";
	local $/;
	return scalar <$file>;
}

# id -> { places => {name}, plural => bool }
sub read_po {
	my ($path) = @_;
	my %messages;
	for my $entry (split /\n\n/, slurp($path)) {
		$entry =~ s/^#.*\n?//mg;
		my ($id) = $entry =~ /^msgid "(.+)"/m or next;
		complain("$path: $id twice") if $messages{$id};
		my @forms = $entry =~ /^msgstr(?:\[\d\])? "(.*)"/mg;
		complain("$path: $id is empty") if !@forms || grep { $_ eq '' } @forms;
		my ($plural) = $entry =~ /^msgid_plural "(.+)"/m;
		complain("$path: $id has another id for its plural") if $plural && $plural ne $id;
		my %places = map { $_ => 1 } map { /\{([^}]*)\}/g } @forms;
		$messages{$id} = { places => \%places, plural => defined $plural };
	}
	return \%messages;
}

my ($nl_path, $en_path, @sources) = @ARGV;
my ($nl, $en) = (read_po($nl_path), read_po($en_path));
complain("$nl_path has only " . keys(%$nl) . " messages") if keys(%$nl) < 200;
for my $id (sort keys %{ { %$nl, %$en } }) {
	my ($a, $b) = ($nl->{$id}, $en->{$id});
	if (!$a || !$b) {
		complain("$id is missing from " . ($a ? $en_path : $nl_path));
		next;
	}
	complain("$id is plural in one language only") if $a->{plural} != $b->{plural};
	next if $id =~ /^time-words-/;
	my ($x, $y) = map { join ' ', sort keys %{ $_->{places} } } $a, $b;
	complain("$id has other places: '$x' and '$y'") if $x ne $y;
}

my $uses = 0;
for my $path (@sources) {
	my $text = slurp($path);
	$text =~ s{/\*.*?\*/}{}sg;
	while ($text =~ /\bMESSAGE\("([^"]*)"\)/g) {
		$uses++;
		complain("$path: no message '$1'") if !$nl->{$1};
	}
	while ($text =~ /\b(TR|TR_COUNT)(\((?:[^()"]|"(?:[^"\\]|\\.)*"|(?2))*\))/g) {
		my ($macro, $call) = ($1, $2);
		$call =~ /^\([^,]*,[^,]*,\s*"([^"]*)"(?:,\s*"([^"]*)")?/ or do {
			complain("$path: $macro without a literal id: use tr() and MESSAGE()");
			next;
		};
		my ($id, $counted) = ($1, $2);
		$uses++;
		my $message = $nl->{$id};
		if (!$message) {
			complain("$path: no message '$id'");
			next;
		}
		my %given = map { $_ => 1 } $call =~ /\{\s*"([^"]*)"\s*,/g;
		$given{$counted} = 1 if $macro eq 'TR_COUNT';
		complain("$path: $macro of $id, " . ($message->{plural} ? "a plural" : "no plural"))
			if $message->{plural} != ($macro eq 'TR_COUNT');
		my ($x, $y) = map { join ' ', sort keys %$_ } \%given, $message->{places};
		complain("$path: $id has the places '$y' and gets '$x'") if $x ne $y;
	}
}
complain("found only $uses uses") if $uses < 50;
exit $bad;
PERL
