# The postgres image reads this once, when its volume is empty.
bash /provision/init.sh
